import type {
  InstanceSearchPage,
  InstanceSearchResult,
  MarkedText,
  TextMark,
} from '../../../../api';
import { isRecord } from '../../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../../model';

const MAX_TITLE = 300;
const MAX_TEXT = 400;
/** Characters of a text before the first match. */
const BEFORE = 60;
const MAX_LOCATION = 4000;
const MAX_CURSOR = 64 * 1024;
const MAX_MARKS = 100;
/** Maximum number of tags to read. */
const MAX_TAGS = 10_000;

/** Reads a page of `/query` and skips unusable results. Returns undefined if the answer is invalid. */
export function readSearchPage(value: unknown): InstanceSearchPage | undefined {
  if (!isRecord(value) || !Array.isArray(value['results'])) return undefined;
  const { numberOfResults, nextPageCursor } = value;
  const results: readonly unknown[] = value['results'];
  return {
    results: results.slice(0, 100).flatMap(result => readResult(result) ?? []),
    total: typeof numberOfResults === 'number' ? numberOfResults : undefined,
    nextCursor:
      typeof nextPageCursor === 'string' && nextPageCursor.length <= MAX_CURSOR
        ? nextPageCursor
        : undefined,
  };
}

function readResult(value: unknown): InstanceSearchResult | undefined {
  if (!isRecord(value) || !isRecord(value['document'])) return undefined;
  const { type, document, highlight } = value;
  const { title, text, location, path } = document;
  if (typeof type !== 'string' || typeof title !== 'string') return undefined;
  if (typeof location !== 'string' || location.length > MAX_LOCATION) return undefined;
  const marks = marksOf(highlight);
  return {
    type: type.slice(0, MAX_TITLE),
    location,
    title: cut(marks('title', title), MAX_TITLE, 0),
    text: cut(marks('text', typeof text === 'string' ? text : ''), MAX_TEXT, BEFORE),
    entityRef: type === 'techdocs' ? refOfDocs(document) : refOfPage(location),
    docsPath: type === 'techdocs' && typeof path === 'string' ? path : undefined,
    entityType: textOf(document['componentType']) ?? textOf(document['type']),
    lifecycle: textOf(document['lifecycle']),
    owner: textOf(document['owner']),
  };
}

function refOfDocs({
  kind,
  namespace,
  name,
}: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined;
  return refOf([typeof namespace === 'string' ? namespace : 'default', kind, name]);
}

/**
 * Reads the ref from the page URL of an entity. Source: `locationTemplate` of
 * `plugins/search-backend-module-catalog`.
 */
function refOfPage(location: string): string | undefined {
  const [, ...parts] = /\/catalog\/([^/?#]+)\/([^/?#]+)\/([^/?#]+)\/?$/.exec(location) ?? [];
  return parts.length ? refOf(parts) : undefined;
}

function refOf([namespace = '', kind = '', name = '']: readonly string[]): string | undefined {
  const read = readEntityRef(`${kind}:${namespace}/${name}`);
  return read.ok ? stringifyEntityRef(read.value) : undefined;
}

/** Reads the marked parts of a field, using the tags that the answer declares. */
function marksOf(highlight: unknown): (field: string, plain: string) => MarkedText {
  const { preTag, postTag, fields } = isRecord(highlight) ? highlight : {};
  const has = typeof preTag === 'string' && typeof postTag === 'string' && preTag && postTag;
  return (field, plain) => {
    const marked = isRecord(fields) ? fields[field] : undefined;
    if (!has || typeof marked !== 'string') return { text: plain, marks: [] };
    return withoutTags(marked, preTag, postTag) ?? { text: plain, marks: [] };
  };
}

/**
 * Removes tags, up to the length that is shown: a document may be as long as the whole answer.
 *
 * @returns undefined for a text that consists mostly of tags
 */
function withoutTags(marked: string, preTag: string, postTag: string): MarkedText | undefined {
  const marks: TextMark[] = [];
  let text = '';
  let from = 0;
  let end = marked.indexOf(postTag);
  for (let tags = 0; text.length < (marks[0]?.[0] ?? Infinity) + MAX_TEXT; tags++) {
    if (tags >= MAX_TAGS) return undefined;
    const start = marked.indexOf(preTag, from);
    if (start < 0) return { text: text + marked.slice(from), marks };
    text += marked.slice(from, start);
    from = start + preTag.length;
    if (end >= 0 && end < from) end = marked.indexOf(postTag, from);
    const word = end < 0 ? '' : wordAt(marked, { from, end, preTag });
    if (word === undefined) continue;
    if (word !== '' && marks.length < MAX_MARKS)
      marks.push([text.length, text.length + word.length]);
    text += word;
    if (end >= 0) from = end + postTag.length;
  }
  return { text, marks };
}

/** Returns undefined if tags are nested. */
function wordAt(
  marked: string,
  { from, end, preTag }: { readonly from: number; readonly end: number; readonly preTag: string },
): string | undefined {
  const word = marked.slice(from, end);
  return word.includes(preTag) ? undefined : word;
}

/** Truncates a text around its first mark, on one line. */
function cut({ text, marks }: MarkedText, most: number, before: number): MarkedText {
  const [first] = marks;
  const begin = first && before ? Math.max(0, first[0] - before) : 0;
  // Replaces line breaks without changing offsets.
  const part = text.slice(begin, begin + most).replace(/\s/g, ' ');
  const inside = marks.flatMap(([from, to]): TextMark[] => {
    const start = from - begin;
    const end = Math.min(to - begin, part.length);
    return start >= 0 && start < end ? [[start, end]] : [];
  });
  if (begin === 0) return { text: part, marks: inside };
  return { text: `…${part}`, marks: inside.map(([from, to]) => [from + 1, to + 1]) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TITLE) : undefined;
}
