import { dirname } from 'node:path';
import type { TechDocsSite } from '../../../src/api';
import { basenameUri } from '../../../src/base';
import { DocsChecker, readHeading, SiteReader } from '../../../src/features/techdocs/core';
import type { Problem } from '../../../src/model';
import { NodeFileSystem, pathToFileUri } from '../../../src/platform/node';
import { TestClock } from '../testClock';

/** What `scripts/mkdocsSite.py --links` prints of a message: its level, the page, and what it says of it. */
export type MkDocsMessage = readonly [level: string, page: string, text: string];

/** What is said of a link, as it can be compared. */
export interface LinkReport {
  readonly text: string;
  readonly suggestion: string | undefined;
}

const FORMS: readonly [RegExp, string, (found: RegExpExecArray) => string][] = [
  [/^an absolute link '(.*)', it was left/s, 'page-link-absolute', ([, url = '']) => url],
  [
    /^an unrecognized relative link '(.*)', it was/s,
    'page-link-unrecognized',
    ([, url = '']) => url,
  ],
  [
    /^a link '(.*?)', but the target(?: '(.*)')? is not found/s,
    'page-link-missing',
    ([, url = '', target]) => target ?? url.replace(/^\//, ''),
  ],
  [/^a link to '(.*)' which is excluded/s, 'page-link-excluded', ([, path = '']) => path],
  [/^a link '[^#]*#(.*)', but there is no such/s, 'page-anchor-missing', ([, id = '']) => `#${id}`],
  [
    /^a link '.*', but the doc '(.*)' does not contain an anchor '(.*)'/s,
    'page-anchor-missing',
    ([, path = '', anchor = '']) => `${path}${anchor}`,
  ],
];

/** What MkDocs said, without what it says twice. */
export function reportsOfMkDocs(
  messages: readonly MkDocsMessage[],
): ReadonlyMap<string, LinkReport> {
  const all = messages.map(([level, page, text]): LinkReport => {
    const suggestion = /Did you mean '(.*)'\?$/s.exec(text)?.[1];
    for (const [form, code, whatOf] of FORMS) {
      const found = form.exec(text);
      if (found) return { text: `${level} ${page} ${code} ${whatOf(found)}`, suggestion };
    }
    return { text: `${level} ${page} ${text}`, suggestion };
  });
  return new Map(all.map(one => [one.text, one]));
}

/** What is said here of the pages of a `mkdocs.yml` on the disk, and what of that MkDocs could have said. */
export async function checkSiteOnDisk(
  config: string,
  boundary = dirname(config),
): Promise<{ problems: readonly Problem[]; reports: ReadonlyMap<string, LinkReport> }> {
  const folder = pathToFileUri(dirname(config));
  const site: TechDocsSite = {
    id: folder,
    name: basenameUri(folder),
    folder,
    origin: 'mkdocs',
    config: pathToFileUri(config),
    entityRefs: [],
    sharedWith: [],
  };
  const [fileSystem, clock] = [new NodeFileSystem(), new TestClock()];
  const reader = new SiteReader(site, {
    fileSystem,
    clock,
    environment: new Map(),
    readHeading,
    boundary: pathToFileUri(boundary),
    repository: undefined,
  });
  const built = await reader.read();
  const paths = new Map([...built.files.values()].map(({ uri, path }) => [uri, path]));
  const problems = await new DocsChecker({ fileSystem, clock }).check(built);
  const reports = problems.flatMap((problem): readonly LinkReport[] => {
    const { code, file, message, severity, suggestions = [] } = problem;
    // Of HTML, includes and ids, MkDocs says nothing.
    if (message.startsWith('Links in HTML ') || /include|duplicate/.test(code)) return [];
    const page = paths.get(file ?? '') ?? '';
    const anchor = /'(#.*)' on this page|'(.*)' does not contain an anchor '(.*)'/s.exec(message);
    const [, own, path = '', id = ''] = anchor ?? [];
    const what = anchor ? (own ?? `${path}${id}`) : (/'(.*)'/s.exec(message)?.[1] ?? '');
    const text = `${severity} ${page} ${code.replace('page-image', 'page-link')} ${what}`;
    return [{ text, suggestion: suggestions[0] }];
  });
  return { problems, reports: new Map(reports.map(one => [one.text, one])) };
}

/** How two differ, a line each. */
export function differencesOf(
  theirs: ReadonlyMap<string, LinkReport>,
  ours: ReadonlyMap<string, LinkReport>,
): readonly string[] {
  const differences = [
    ...[...theirs.keys()].filter(text => !ours.has(text)).map(text => `not here: ${text}`),
    ...[...ours.keys()].filter(text => !theirs.has(text)).map(text => `only here: ${text}`),
  ];
  for (const { text, suggestion } of theirs.values()) {
    const own = ours.get(text)?.suggestion;
    // Where MkDocs has no idea, there may be one here.
    if (suggestion !== undefined && ours.has(text) && own !== suggestion) {
      differences.push(`${text}: ${suggestion} here ${own}`);
    }
  }
  return differences.sort();
}
