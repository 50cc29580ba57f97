import { dirname } from 'node:path';
import type { TechDocsSite } from '../../../src/api';
import { basenameUri } from '../../../src/base';
import { DocsChecker, readHeading, SiteReader } from '../../../src/features/techdocs/core';
import type { Problem } from '../../../src/model';
import { NodeFileSystem, pathToFileUri } from '../../../src/platform/node';
import { TestClock } from '../testClock';

/** A message in the output of `scripts/mkdocsSite.py --links`. */
export type MkDocsMessage = readonly [level: string, page: string, text: string];

/** A report about a link, for comparison. */
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

/** Returns the reports of MkDocs without duplicates. */
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

/** Returns the problems of a site on the disk, and those of them that MkDocs could report. */
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
    // MkDocs doesn't report problems of HTML links, includes and ids.
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

/** Returns the differences, one per line. */
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
    // Callboard may have a suggestion where MkDocs has none.
    if (suggestion !== undefined && ours.has(text) && own !== suggestion) {
      differences.push(`${text}: ${suggestion} here ${own}`);
    }
  }
  return differences.sort();
}
