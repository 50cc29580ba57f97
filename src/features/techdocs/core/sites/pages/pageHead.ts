import { isRecord, type Range } from '../../../../../base';
import type { JsonValue } from '../../../../../model';
import { plainValue } from '../config/configNode';
import { metaTitle, readFrontMatter } from './frontMatter';
import { type ReadHeading } from './headingText';

/** What a site needs to know of a page. */
export interface PageHead {
  readonly metaTitle: string | undefined;
  readonly heading: string | undefined;
  /** Of the page's first line that says something. */
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

/** Whether a site looks the same with either. */
export function isSameHead(a: PageHead, b: PageHead): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
