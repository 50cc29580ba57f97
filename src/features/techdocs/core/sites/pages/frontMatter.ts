import { isRecord, type Range } from '../../../../../base';
import type { JsonValue } from '../../../../../model';
import { type ConfigMap, mapOf, plainValue } from '../config/configNode';
import { readYaml } from '../config/readYaml';
import type { ReadHeading } from './headingText';

/** The Markdown of a page and its front matter. */
export interface PageSource {
  /** Markdown without front matter, as MkDocs passes it to the renderer. */
  readonly markdown: string;
  /** Number of lines before the Markdown. */
  readonly offset: number;
  /** Metadata by key. MultiMarkdown values are texts. */
  readonly meta: ConfigMap | undefined;
  readonly pairs: ReadonlyMap<string, string>;
}

const YAML = /^-{3}[ \t]*\n([\s\S]*?\n)(?:\.{3}|-{3})[ \t]*\n/;
const PAIR = /^ {0,3}([A-Za-z0-9_-]+):\s*(.*)/;
const MORE = /^(?: {4}|\t)\s*(.*)/;

const NO_PAIRS: ReadonlyMap<string, string> = new Map();

/**
 * Splits off front matter: YAML between lines of dashes, or lines of `key: value` up to the first
 * empty one.
 *
 * Source: `mkdocs.utils.meta.get_data`. MkDocs normalizes line ends to `\n`.
 */
export function readFrontMatter(text: string, file: string): PageSource {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const yaml = YAML.exec(source);
  if (yaml) return withYaml(source, yaml, file);
  const pairs = new Map<string, string>();
  let key: string | undefined;
  let at = 0;
  while (at < source.length) {
    const end = source.indexOf('\n', at);
    const line = source.slice(at, end < 0 ? undefined : end);
    const next = end < 0 ? source.length : end + 1;
    if (line.trim() === '') {
      at = next;
      break;
    }
    const pair = PAIR.exec(line);
    const more = key === undefined ? undefined : MORE.exec(line);
    if (pair) {
      key = (pair[1] ?? '').toLowerCase();
      const before = pairs.get(key);
      const value = (pair[2] ?? '').trim();
      pairs.set(key, before === undefined ? value : `${before} ${value}`);
    } else if (key !== undefined && more) {
      pairs.set(key, `${pairs.get(key) ?? ''} ${(more[1] ?? '').trim()}`);
    } else break;
    at = next;
  }
  return { ...rest(source, at), meta: undefined, pairs };
}

function withYaml(source: string, match: RegExpExecArray, file: string): PageSource {
  const { node, issues } = readYaml(match[1] ?? '', file, new Map());
  const meta = issues.length ? undefined : mapOf(node);
  // YAML that isn't a mapping stays in the page.
  return { ...rest(source, meta ? match[0].length : 0, Boolean(meta)), meta, pairs: NO_PAIRS };
}

function rest(
  source: string,
  start: number,
  isStripped = true,
): Pick<PageSource, 'markdown' | 'offset'> {
  let at = start;
  while (isStripped && source[at] === '\n') at++;
  return { markdown: source.slice(at), offset: source.slice(0, at).split('\n').length - 1 };
}

/** Returns the title in the front matter; undefined if there is none. */
export function metaTitle({ meta, pairs }: PageSource): string | undefined {
  const title = meta?.entries.get('title')?.value;
  if (title?.type === 'scalar' && title.value !== null) return title.text;
  return pairs.get('title');
}

/** Title and metadata of a page. */
export interface PageHead {
  readonly metaTitle: string | undefined;
  readonly heading: string | undefined;
  /** Range of the first line with text. */
  readonly titleRange: Range;
  readonly meta: Readonly<Record<string, JsonValue>>;
}

export function readPageHead(text: string, file: string, readHeading: ReadHeading): PageHead {
  const source = readFrontMatter(text, file);
  const blank = /^(?:[ \t]*\n)*/.exec(source.markdown)?.[0] ?? '';
  const [first = ''] = source.markdown.slice(blank.length).split('\n', 1);
  const line = source.offset + blank.split('\n').length - 1;
  const values = plainValue(source.meta);
  return {
    metaTitle: metaTitle(source),
    heading: readHeading(source.markdown),
    titleRange: { start: { line, character: 0 }, end: { line, character: first.length } },
    meta: isRecord(values) ? values : Object.fromEntries(source.pairs),
  };
}
