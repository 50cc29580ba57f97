import { isMap, isPair, isScalar, isSeq } from 'yaml';
import { trailing } from '../../../../base';
import { cursorAt, type FieldPath, nodeAt } from './cursor';
import { PartCache } from './yamlPart';
import type { PlacedPart, YamlText } from './yamlText';

/** The syntactic place of a completion, determined in possibly incomplete text. */
export interface CompletionSite {
  readonly placed: PlacedPart;
  /**
   * `key`: a key of the map at `path`, or the value of the field at `path` on a line below it; `value`: the value at
   * `path`, whose last segment is its key or its list index.
   */
  readonly at: 'key' | 'value';
  readonly path: FieldPath;
  /** The range of the existing text to replace: offsets into the file, without quotes. */
  readonly start: number;
  readonly end: number;
  /** The part of it before the cursor. */
  readonly prefix: string;
  /** The opening quote of the existing text. */
  readonly quote: '"' | "'" | undefined;
  /** Columns before the key, or before the key of the value; new lines need more indentation. */
  readonly indent: number;
  /** Whether the place is in `[]` or `{}`. */
  readonly isFlow: boolean;
}

/** Returns undefined in comments, within block scalars, and in YAML syntax. */
export function completionSiteAt(text: YamlText, offset: number): CompletionSite | undefined {
  return lastSites.get(text, offset, () => findSite(text, offset));
}

/** The last site, because all completion sources request it. */
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

/** Finds the site in a flow collection, where the parser gives more information than the lines. */
function flowSite(text: YamlText, placed: PlacedPart, offset: number): CompletionSite | undefined {
  const { part, start } = placed;
  const local = offset - start;
  let path: FieldPath | undefined;
  const search = (node: unknown, at: FieldPath): void => {
    const span = part.spanOf(node);
    if (!(isMap(node) || isSeq(node)) || !span) return;
    if (local < span[0] || local > span[1]) return;
    const isClosed = /[\]}]/.test(part.source.charAt(span[1] - 1));
    // `[c:]` contains a map without braces, which is an incomplete text.
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
  // A colon without a value belongs to the text, as in `component:shop`; after a quoted key, it needs no space.
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

/** Returns the first key of an incomplete entry. */
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

/** The anchor and tag of a value, with the spaces after them. */
const PROPERTIES = /^(?:[&!][^\s,[\]{}]*[ \t]+)+/;

/** The parts of a line: dashes, a key, a value. */
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
  // `- component:` is an incomplete ref, unless a space makes it a key.
  const isOpenItem = dashes !== '' && key !== undefined && gap === '' && !/^\s/.test(rest);
  // `ui:` starts the keys for the look of form fields.
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
    // `key:|` needs a space before its value.
    if (gap === '' || /^[[{|>&*!]/.test(value)) return undefined;
    return { ...common, at: 'value', path: [...parents, unquoted(key)], indent: column };
  }
  if (dashes && parents.length) {
    // An empty item may become a text, or a map that starts with a key.
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
 * Returns the keys and indices of the parents at a column, by the indentation of the lines before. Doesn't distinguish
 * lists directly in lists, which no descriptor has.
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
    // A shortcut for long documents, in which most lines are indented more.
    if (blanksBefore(text, line) > (openDash ?? column - 1)) continue;
    const source = lineAt(text, line);
    if (/^\s*(?:#.*)?$/.test(source)) continue;
    if (source.startsWith('---')) break;
    const groups = LINE.exec(source)?.groups;
    if (!groups) continue;
    const { indent = '', dashes = '', key } = groups;
    const keyColumn = indent.length + dashes.length;
    if (openDash !== undefined) {
      // The key of a list is to the left of its items, or directly above them.
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

/** Returns the number of list items before a line. */
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
