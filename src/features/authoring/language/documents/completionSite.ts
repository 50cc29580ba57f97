import { isMap, isPair, isScalar, isSeq } from 'yaml';
import { trailing } from '../../../../base';
import { cursorAt, type FieldPath, nodeAt } from './cursor';
import { PartCache } from './yamlPart';
import type { PlacedPart, YamlText } from './yamlText';

/** Where something is about to be written, found in text that may be half written. */
export interface CompletionSite {
  readonly placed: PlacedPart;
  /**
   * `key`: a key of the map at `path`, or the value of the field at `path` on a line below it;
   * `value`: the value at `path`, whose last segment is its key or its place in a list.
   */
  readonly at: 'key' | 'value';
  readonly path: FieldPath;
  /** What stands there already and is to be replaced: offsets into the file, without quotes. */
  readonly start: number;
  readonly end: number;
  /** What of it is before the cursor. */
  readonly prefix: string;
  /** The quote that what is written begins with. */
  readonly quote: '"' | "'" | undefined;
  /** Columns before the key, or before the key of the value: what follows on new lines is indented by more. */
  readonly indent: number;
  /** Whether what is replaced stands in `[]` or `{}`. */
  readonly isFlow: boolean;
}

/** Undefined in comments, in the middle of block texts, and where YAML's own syntax is written. */
export function completionSiteAt(text: YamlText, offset: number): CompletionSite | undefined {
  return lastSites.get(text, offset, () => findSite(text, offset));
}

/** All who have something to offer at a place ask what it is. */
const lastSites = new PartCache<CompletionSite | undefined, YamlText>();

function findSite(text: YamlText, offset: number): CompletionSite | undefined {
  const placed = text.partAt(offset);
  const { line } = text.positionAt(offset);
  const lineStart = text.lines.offsetOfLine(line);
  const before = text.text.slice(lineStart, offset);
  if (isComment(before) || isInBlockText(placed, offset)) return undefined;
  const flow = flowSite(text, placed, offset);
  if (flow) return flow;
  const rest = /^[^\r\n]*/.exec(text.text.slice(offset))?.[0] ?? '';
  return lineSite({ text, placed, lineStart, line, before, rest });
}

function isComment(before: string): boolean {
  return /^\s*#/.test(before) || /\s#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''));
}

function isInBlockText({ part, start }: PlacedPart, offset: number): boolean {
  const local = offset - start;
  const isInside = (node: unknown): boolean => {
    if (isPair(node)) return isInside(node.key) || isInside(node.value);
    const span = part.spanOf(node);
    if (!span || local < span[0] || local > span[1]) return false;
    if (isMap(node) || isSeq(node)) return (node.items as readonly unknown[]).some(isInside);
    if (!isScalar(node) || !(node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')) {
      return false;
    }
    const header = part.source.indexOf('\n', span[0]);
    return header >= 0 && header < local && local < span[1];
  };
  return isInside(part.root);
}

/** In a list or map in brackets the parser tells more than the lines do. */
function flowSite(text: YamlText, placed: PlacedPart, offset: number): CompletionSite | undefined {
  const { part, start } = placed;
  const local = offset - start;
  let path: FieldPath | undefined;
  const search = (node: unknown, at: FieldPath): void => {
    const span = part.spanOf(node);
    if (!(isMap(node) || isSeq(node)) || !span) return;
    if (local < span[0] || local > span[1]) return;
    const isClosed = /[\]}]/.test(part.source.charAt(span[1] - 1));
    // `[c:]` holds a map without braces, which is a text that is not done.
    const isInBrackets = /[[{]/.test(part.source.charAt(span[0]));
    if (isInBrackets && local > span[0] && (local < span[1] || !isClosed)) path = at;
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) search(value, [...at, String(key.value)]);
      }
    } else node.items.forEach((item, index) => search(item, [...at, index]));
  };
  search(part.root, []);
  if (!path) return undefined;
  const collection = nodeAt(placed, path);
  const span = part.spanOf(collection);
  if (!span) return undefined;
  const cursor = cursorAt(text, offset);
  // A colon with nothing behind it belongs to the text, as in `component:shop`; behind a key in quotes
  // it needs no blank.
  const flow = text.text.slice(start + span[0], offset);
  const written = trailing(flow, /[^[\]{},\s]/).replace(/^(?:"[^"]*"|'[^']*'):/, '');
  const quote = /^["']/.exec(written)?.[0] as CompletionSite['quote'];
  const from = offset - written.length + (quote ? 1 : 0);
  const after = /^(?:[^[\]{},:\s"']|:(?=[^[\]{},\s"']))*/.exec(text.text.slice(offset))?.[0] ?? '';
  const common = {
    placed,
    start: from,
    end: offset + after.length,
    prefix: text.text.slice(from, offset),
    quote,
    indent: blanksBefore(text, text.positionAt(offset).line),
    isFlow: true,
  };
  if (isSeq(collection)) {
    const index = collection.items.filter(item => {
      const itemSpan = part.spanOf(item);
      return itemSpan !== undefined && itemSpan[1] < from - start;
    }).length;
    return { ...common, at: 'value', path: [...path, index] };
  }
  if (cursor?.at === 'value' && cursor.path.length === path.length + 1) {
    return { ...common, at: 'value', path: cursor.path };
  }
  const key = keyBefore(trailing(flow, /[^,{}[\]]/));
  return key === undefined
    ? { ...common, at: 'key', path }
    : { ...common, at: 'value', path: [...path, key] };
}

/** The first key of an entry that is not done. */
function keyBefore(entry: string): string | undefined {
  for (const part of entry.split(':').slice(0, -1)) {
    const key = trailing(part.trimEnd(), /[\w$./-]/);
    if (key !== '') return key;
  }
  return undefined;
}

interface LineContext {
  readonly text: YamlText;
  readonly placed: PlacedPart;
  readonly lineStart: number;
  readonly line: number;
  readonly before: string;
  readonly rest: string;
}

/** The anchor and the tag of a value, with the blanks behind them. */
const PROPERTIES = /^(?:[&!][^\s,[\]{}]*[ \t]+)+/;

/** What a line is, as far as its beginning tells: dashes, a key, a value. */
const LINE =
  /^(?<indent> *)(?<dashes>(?:-[ ]+)*(?:-$)?)(?:(?<key>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'[\]{},&*!|>%@`-][^#]*?|-[^\s#][^#]*?):(?<gap>[ ]+|$))?(?<value>.*)$/s;

function lineSite({
  placed,
  lineStart,
  before,
  rest,
  line,
  text,
}: LineContext): CompletionSite | undefined {
  if (before.startsWith('---')) return undefined;
  const groups = LINE.exec(before)?.groups;
  if (!groups) return undefined;
  const { indent = '', dashes = '', key, gap = '' } = groups;
  const isValue = key !== undefined || dashes !== '';
  const value = (groups['value'] ?? '').replace(isValue ? PROPERTIES : '', '');
  const column = indent.length + dashes.length;
  if (key === undefined && dashes.trimEnd() === '-' && !dashes.endsWith(' ')) return undefined;
  const parents = parentsOf(text, { placed, line, indent: indent.length, dashes, column });
  const quote = /^["']/.exec(value)?.[0] as CompletionSite['quote'];
  // `- component:` is a ref that is not done, as long as no blank makes it a key.
  const isOpenItem = dashes !== '' && key !== undefined && gap === '' && !/^\s/.test(rest);
  // `ui:` begins the keys by which forms say what a field looks like.
  const isOpenKey = key === 'ui' && gap === '' && rest === '';
  const written = isOpenItem || isOpenKey ? `${key}:` : quote ? value.slice(1) : value;
  const start = lineStart + before.length - written.length;
  const after = quote
    ? (rest.split(quote, 1)[0] ?? '')
    : (/^(?:[^#\s:]|:(?=\S)|\s+(?=[^#\s]))*/.exec(rest)?.[0] ?? '');
  const common = {
    placed,
    start,
    end: start + written.length + after.length,
    prefix: written,
    quote,
    isFlow: false,
  };
  if (key !== undefined && !isOpenItem && !isOpenKey) {
    // `key:|` has no value yet, and needs a blank before it gets one.
    if (gap === '' || /^[[{|>&*!]/.test(value)) return undefined;
    return { ...common, at: 'value', path: [...parents, unquoted(key)], indent: column };
  }
  if (dashes && parents.length) {
    // An item may be a text, or a map that begins with a key: both are possible before there is one.
    return { ...common, at: 'value', path: parents, indent: column };
  }
  return {
    ...common,
    at: 'key',
    path: parents,
    indent: column,
    end: start + written.length + (/^[\w$./-]*/.exec(rest)?.[0].length ?? 0),
  };
}

/**
 * The keys and indices that lead to what stands at a column, by the indentation of the lines before.
 * Lists that are items of lists, which no descriptor has, are not told apart.
 */
function parentsOf(
  text: YamlText,
  here: { placed: PlacedPart; line: number; indent: number; dashes: string; column: number },
): FieldPath {
  const path: (string | number)[] = [];
  const first = here.placed.line;
  let { indent: column } = here;
  // Dashes on the line itself: `- - key:` is an item of an item.
  const own = [...here.dashes.matchAll(/-/g)].map(({ index }) => here.indent + index);
  let openDash: number | undefined;
  const steps: { column: number; dash: boolean }[] = own.map(at => ({ column: at, dash: true }));
  for (let step = steps.pop(); step; step = steps.pop()) {
    column = step.column;
    path.unshift(step.column === own[0] ? countItems(text, first, here.line, step.column) : 0);
    openDash = step.column;
  }
  for (let line = here.line - 1; line >= first && (column > 0 || openDash !== undefined); line--) {
    // Of a long document, most lines are further in.
    if (blanksBefore(text, line) > (openDash ?? column - 1)) continue;
    const source = lineAt(text, line);
    if (/^\s*(?:#.*)?$/.test(source)) continue;
    if (source.startsWith('---')) break;
    const groups = LINE.exec(source)?.groups;
    if (!groups) continue;
    const { indent = '', dashes = '', key } = groups;
    const keyColumn = indent.length + dashes.length;
    if (openDash !== undefined) {
      // The key of a list stands before its items, or right above them.
      if (key !== undefined && keyColumn <= openDash && !(dashes && indent.length === openDash)) {
        path.unshift(unquoted(key));
        column = keyColumn;
        openDash = undefined;
      } else continue;
    } else if (key !== undefined && keyColumn < column) {
      path.unshift(unquoted(key));
      column = keyColumn;
    } else if (!(dashes && indent.length < column && keyColumn <= column)) continue;
    const dashColumns = [...dashes.matchAll(/-/g)].map(({ index }) => indent.length + index);
    for (const at of dashColumns.reverse()) {
      if (at >= column) continue;
      path.unshift(at === indent.length ? countItems(text, first, line, at) : 0);
      openDash = at;
      column = at;
    }
  }
  return path;
}

/** How many items of the same list stand before a line. */
function countItems(text: YamlText, first: number, line: number, column: number): number {
  let count = 0;
  for (let other = line - 1; other >= first; other--) {
    const indent = blanksBefore(text, other);
    if (indent > column) continue;
    const source = lineAt(text, other);
    if (/^\s*(?:#.*)?$/.test(source)) continue;
    if (indent < column || source.charAt(column) !== '-' || source.startsWith('---')) break;
    count++;
  }
  return count;
}

function lineAt(text: YamlText, line: number): string {
  const start = text.lines.offsetOfLine(line);
  const end = line + 1 < text.lines.lineCount ? text.lines.offsetOfLine(line + 1) : undefined;
  const source = text.text.slice(start, end);
  return source.slice(0, source.length - trailing(source, /[\r\n]/).length);
}

function blanksBefore(text: YamlText, line: number): number {
  const start = text.lines.offsetOfLine(line);
  let end = start;
  while (text.text.charAt(end) === ' ') end++;
  return end - start;
}

function unquoted(key: string): string {
  return /^(["']).*\1$/.test(key) ? key.slice(1, -1) : key.trimEnd();
}
