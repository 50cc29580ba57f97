import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  visit,
  type YAMLError,
} from 'yaml';
import { LineIndex, type Position, type Range } from '../../../base';
import { type ComposedDocument, composeDocuments } from './composeDocuments';

/** A field's place in a value: keys and indices from the root. */
export type FieldPath = readonly (string | number)[];

/** Why a document has no value. `yaml` carries the parser's own code, such as `BAD_SCALAR_START`. */
export interface YamlFault {
  readonly code: 'yaml-syntax' | 'yaml-aliases' | 'yaml-nesting';
  /** The parser's words and place, without the picture of the line that it adds. */
  readonly message: string;
  readonly range: Range;
}

/** One document of a YAML file, with the places of everything in it. */
export interface YamlDocument {
  /** 0-based index into what `parseAllDocuments` gives, empty documents counted. */
  readonly index: number;
  /** The document's text, from the end of the one before, comments included. */
  readonly source: string;
  /** What stands in it; also of a broken document as far as it could be read. */
  readonly value: unknown;
  /** Empty, or nothing but comments, or an explicit null: Backstage passes over it. */
  readonly isEmpty: boolean;
  readonly faults: readonly YamlFault[];
  /** Of the content, from its first token to its last. */
  readonly range: Range;
  /**
   * The range of a field's key or value. What is not there is marked at the nearest enclosing key
   * that is, so every path gives a range.
   */
  locate(path: FieldPath, at: 'key' | 'value'): Range;
  /** The text of the value at a path, as written; undefined where nothing is written. */
  sourceOf(path: FieldPath): string | undefined;
}

/**
 * Deeper nesting than any descriptor has; the parser recurses and would run out of stack. It is
 * also the deepest value that the steps after parsing may meet.
 */
const MAX_NESTING = 200;

/** What the parser keeps on its stack besides collections: the document and a scalar. */
const PARSER_OVERHEAD = 2;

/** Values that aliases may stand for in addition to what is written. */
const MAX_REPEATED = 100_000;

/**
 * Parses a file as Backstage does: `yaml` 2, YAML 1.2 core schema, no merge keys, duplicate keys
 * are errors, aliases limited to 100 resolved nodes each.
 * Source: `parseEntityYaml` of `plugins/catalog-node/src/processing/parse.ts`.
 *
 * Never throws: whatever is wrong is a fault of a document.
 */
export function parseYamlDocuments(text: string): readonly YamlDocument[] {
  const lines = new LineIndex(text);
  return composeDocuments(text, MAX_NESTING + PARSER_OVERHEAD).map((composed, index) =>
    composed.document
      ? readDocument({ ...composed, document: composed.document, index, lines, text })
      : tooDeepDocument({ ...composed, index, lines, text }),
  );
}

const NESTING_MESSAGE = `Nested deeper than ${MAX_NESTING} levels`;
const ALIASES_MESSAGE = `Aliases stand for more than ${MAX_REPEATED} values`;

interface DocumentContext extends ComposedDocument {
  readonly document: Document.Parsed;
  readonly index: number;
  readonly lines: LineIndex;
  readonly text: string;
}

function readDocument(context: DocumentContext): YamlDocument {
  const { document, base, index, lines, text, start, end } = context;
  const rangeAt: RangeAt = (from, to) => lines.rangeAt(base + from, base + to);
  const keyEnds = endsOfDuplicateKeys(document);
  const faults: YamlFault[] = reportedErrors(document.errors).map(error => {
    const [from, to] = error.pos;
    const end = error.code === 'DUPLICATE_KEY' ? keyEnds.get(from) : undefined;
    const range = rangeAt(from, Math.max(end ?? to, from + 1));
    return { code: 'yaml-syntax', message: withPlace(error.message, range.start), range };
  });
  const range = contentRange(document, rangeAt, end - base);
  let value: unknown;
  try {
    value = document.toJSON();
    if (!faults.length) faults.push(...excesses(value, range));
    if (faults.some(({ code }) => code !== 'yaml-syntax')) value = undefined;
  } catch (error) {
    // A broken document may well have aliases that lead nowhere: the first fault says it all.
    if (!faults.length) faults.push(valueFault(error as Error, document, { range, rangeAt }));
  }
  return {
    index,
    source: text.slice(start, end),
    value,
    isEmpty: !faults.length && (value === null || value === undefined),
    faults,
    range,
    locate: (path, at) => locate(document, path, at, rangeAt) ?? firstLineOf(range, text, lines),
    sourceOf: path => {
      const node = findNode(document.contents, path);
      return node?.range ? text.slice(base + node.range[0], base + node.range[1]) : undefined;
    },
  };
}

/** Turns offsets of a document's parser into a range of the file. */
type RangeAt = (start: number, end: number) => Range;

/** Why the nodes of a document that has no errors give no value: an alias of one kind or another. */
function valueFault(
  error: Error,
  document: Document.Parsed,
  { range, rangeAt }: { range: Range; rangeAt: RangeAt },
): YamlFault {
  if (/excessive alias/i.test(error.message)) {
    return { code: 'yaml-aliases', message: error.message, range };
  }
  const name = /^Unresolved alias .*: (.+)$/.exec(error.message)?.[1];
  let place: Range | undefined;
  visit(document, {
    Alias(_key, alias) {
      if (alias.source !== name || !alias.range) return undefined;
      place = rangeAt(alias.range[0], alias.range[1]);
      return visit.BREAK;
    },
  });
  return { code: 'yaml-syntax', message: error.message, range: place ?? range };
}

/** What makes a value too much for the steps after parsing, which walk through all of it. */
function excesses(value: unknown, range: Range): readonly YamlFault[] {
  const { depth, repeated } = measure(value);
  if (depth > MAX_NESTING) return [{ code: 'yaml-nesting', message: NESTING_MESSAGE, range }];
  if (repeated > MAX_REPEATED) return [{ code: 'yaml-aliases', message: ALIASES_MESSAGE, range }];
  return [];
}

/**
 * One mistake makes the parser stumble on: its first error is the one that counts (and the one that
 * Backstage reports). A key that occurs twice is a mistake of its own each time.
 */
function reportedErrors(errors: readonly YAMLError[]): readonly YAMLError[] {
  return errors.filter((error, index) => index === 0 || error.code === 'DUPLICATE_KEY');
}

/** `yaml` marks the first character of a key that occurs twice; by its offset, where the key ends. */
function endsOfDuplicateKeys(document: Document.Parsed): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  if (!document.errors.some(({ code }) => code === 'DUPLICATE_KEY')) return ends;
  visit(document, {
    Pair(_key, { key }) {
      const range = asNode(key)?.range;
      if (range) ends.set(range[0], range[1]);
    },
  });
  return ends;
}

/** As `yaml` itself says where an error is, but without the picture of the place. */
function withPlace(message: string, { line, character }: Position): string {
  return `${message} at line ${line + 1}, column ${character + 1}`;
}

function contentRange(document: Document.Parsed, rangeAt: RangeAt, end: number): Range {
  const range = document.contents?.range;
  return range ? rangeAt(range[0], range[1]) : rangeAt(end, end);
}

function firstLineOf(range: Range, text: string, lines: LineIndex): Range {
  if (range.end.line === range.start.line) return range;
  const start = lines.offsetOfLine(range.start.line);
  const line = text.slice(start, lines.offsetOfLine(range.start.line + 1));
  const end = start + line.replace(/\r?\n?$/, '').length;
  return { start: range.start, end: lines.positionAt(end) };
}

function locate(
  document: Document.Parsed,
  path: FieldPath,
  at: 'key' | 'value',
  rangeAt: RangeAt,
): Range | undefined {
  let node: Node | null = document.contents;
  let key: Node | undefined;
  for (const [depth, segment] of path.entries()) {
    const pair = childOf(node, segment);
    if (!pair) return rangeOf(key, rangeAt);
    const last = depth === path.length - 1;
    if (last && at === 'value')
      return rangeOf(pair.value, rangeAt) ?? rangeOf(pair.key ?? key, rangeAt);
    key = pair.key ?? pair.value ?? key;
    node = pair.value ?? null;
  }
  return rangeOf(key, rangeAt);
}

/** An empty range marks nothing that could be seen, so it counts as none. */
function rangeOf(node: Node | null | undefined, rangeAt: RangeAt): Range | undefined {
  const range = node?.range;
  return range && range[1] > range[0] ? rangeAt(range[0], range[1]) : undefined;
}

function findNode(root: Node | null, path: FieldPath): Node | undefined {
  let node: Node | null = root;
  for (const segment of path) node = childOf(node, segment)?.value ?? null;
  return node ?? undefined;
}

function childOf(
  node: Node | null,
  segment: string | number,
): { key?: Node; value?: Node } | undefined {
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair) || keyText(pair.key) !== String(segment)) continue;
      return {
        key: asNode(pair.key),
        value: asNode(pair.value),
      };
    }
  } else if (isSeq(node) && typeof segment === 'number') {
    const item = asNode(node.items[segment]);
    return item && { value: item };
  }
  return undefined;
}

/** Keys of the value are strings, whatever the scalar was: `1: x` becomes `"1"`. */
function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const { value } = key;
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

function asNode(value: unknown): Node | undefined {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined;
}

interface Extent {
  readonly depth: number;
  /** How many values a walk through all of it meets. */
  readonly size: number;
}

/**
 * How deep a value is, and how many values a walk through it would meet again because aliases lead
 * to them. Looks at each once, since a few aliases of aliases can stand for very many.
 */
function measure(value: unknown): { depth: number; repeated: number } {
  const extents = new Map<object, Extent>();
  let written = 0;
  const extentOf = (item: unknown): Extent => {
    if (typeof item !== 'object' || item === null) {
      written++;
      return { depth: 0, size: 1 };
    }
    const known = extents.get(item);
    if (known) return known;
    written++;
    let depth = 0;
    let size = 1;
    for (const child of Object.values(item)) {
      const extent = extentOf(child);
      depth = Math.max(depth, extent.depth);
      size += extent.size;
    }
    const extent = { depth: depth + 1, size };
    extents.set(item, extent);
    return extent;
  };
  const { depth, size } = extentOf(value);
  return { depth, repeated: size - written };
}

/** A document that was not composed; the others of its file stay. */
function tooDeepDocument({
  index,
  lines,
  text,
  start,
  end,
}: Omit<DocumentContext, 'document'>): YamlDocument {
  const source = text.slice(start, end);
  const content = start + Math.max(0, source.search(/^(?!---|#|%|\s*$)/m));
  const range = firstLineOf(lines.rangeAt(content, end), text, lines);
  return {
    index,
    source,
    value: undefined,
    isEmpty: false,
    faults: [{ code: 'yaml-nesting', message: NESTING_MESSAGE, range }],
    range,
    locate: () => range,
    sourceOf: () => undefined,
  };
}
