import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type YAMLError,
} from 'yaml';
import { LineIndex, type Range } from '../../../base';

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

/**
 * Parses a file as Backstage does: `yaml` 2, YAML 1.2 core schema, no merge keys, duplicate keys
 * are errors, aliases limited to 100 resolved nodes each.
 * Source: `parseEntityYaml` of `plugins/catalog-node/src/processing/parse.ts`.
 *
 * Never throws: whatever is wrong is a fault of a document.
 */
export function parseYamlDocuments(text: string): readonly YamlDocument[] {
  const lines = new LineIndex(text);
  if (exceedsNesting(text)) return [faultyFile(text, lines, 'yaml-nesting', NESTING_MESSAGE)];
  let documents: Document.Parsed[];
  try {
    const parsed = parseAllDocuments(text, { merge: false, logLevel: 'silent' });
    documents = 'empty' in parsed ? [] : parsed;
  } catch (error) {
    // The parser recurses; a file that makes it run out of stack is beyond any descriptor.
    const nesting = error instanceof RangeError;
    const message = nesting ? NESTING_MESSAGE : String(error);
    return [faultyFile(text, lines, nesting ? 'yaml-nesting' : 'yaml-syntax', message)];
  }
  let start = 0;
  return documents.map((document, index) => {
    const end = documents[index + 1] ? (document.range[2] ?? text.length) : text.length;
    const parsed = readDocument({ document, index, lines, text, start, end });
    start = end;
    return parsed;
  });
}

const NESTING_MESSAGE = `Nested deeper than ${MAX_NESTING} levels`;

interface DocumentContext {
  readonly document: Document.Parsed;
  readonly index: number;
  readonly lines: LineIndex;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function readDocument({ document, index, lines, text, start, end }: DocumentContext): YamlDocument {
  const faults: YamlFault[] = reportedErrors(document.errors).map(error => ({
    code: 'yaml-syntax',
    message: firstLine(error.message),
    range: lines.rangeAt(error.pos[0], Math.max(error.pos[1], error.pos[0] + 1)),
  }));
  const range = contentRange(document, lines, end);
  let value: unknown;
  try {
    value = document.toJSON();
  } catch (error) {
    const aliases = error instanceof ReferenceError && /excessive alias/i.test(error.message);
    // A broken document may well have aliases that lead nowhere: the first fault says it all.
    if (!faults.length) {
      faults.push({
        code: aliases
          ? 'yaml-aliases'
          : error instanceof RangeError
            ? 'yaml-nesting'
            : 'yaml-syntax',
        message: error instanceof RangeError ? NESTING_MESSAGE : (error as Error).message,
        range,
      });
    }
  }
  if (!faults.length && isDeeperThan(value, MAX_NESTING)) {
    faults.push({ code: 'yaml-nesting', message: NESTING_MESSAGE, range });
    value = undefined;
  }
  return {
    index,
    source: text.slice(start, end),
    value,
    isEmpty: !faults.length && (value === null || value === undefined),
    faults,
    range,
    locate: (path, at) => locate(document, path, at, lines) ?? firstLineOf(range, text, lines),
    sourceOf: path => {
      const node = findNode(document.contents, path);
      return node?.range ? text.slice(node.range[0], node.range[1]) : undefined;
    },
  };
}

/**
 * One mistake makes the parser stumble on: its first error is the one that counts (and the one that
 * Backstage reports). A key that occurs twice is a mistake of its own each time.
 */
function reportedErrors(errors: readonly YAMLError[]): readonly YAMLError[] {
  return errors.filter((error, index) => index === 0 || error.code === 'DUPLICATE_KEY');
}

/** `yaml` ends the first line of its message with a colon and adds a picture of the place. */
function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? message).replace(/:$/, '');
}

function contentRange(document: Document.Parsed, lines: LineIndex, end: number): Range {
  const range = document.contents?.range;
  return range ? lines.rangeAt(range[0], range[1]) : lines.rangeAt(end, end);
}

function firstLineOf(range: Range, text: string, lines: LineIndex): Range {
  if (range.end.line === range.start.line) return range;
  const next = lines.offsetOfLine(range.start.line + 1);
  const lineEnd = text.slice(0, next).replace(/\r?\n?$/, '').length;
  return { start: range.start, end: lines.positionAt(lineEnd) };
}

function locate(
  document: Document.Parsed,
  path: FieldPath,
  at: 'key' | 'value',
  lines: LineIndex,
): Range | undefined {
  let node: Node | null = document.contents;
  let key: Node | undefined;
  for (const [depth, segment] of path.entries()) {
    const pair = childOf(node, segment);
    if (!pair) return rangeOf(key, lines);
    const last = depth === path.length - 1;
    if (last && at === 'value')
      return rangeOf(pair.value, lines) ?? rangeOf(pair.key ?? key, lines);
    key = pair.key ?? pair.value ?? key;
    node = pair.value ?? null;
  }
  return rangeOf(key, lines);
}

/** An empty range marks nothing that could be seen, so it counts as none. */
function rangeOf(node: Node | null | undefined, lines: LineIndex): Range | undefined {
  const range = node?.range;
  return range && range[1] > range[0] ? lines.rangeAt(range[0], range[1]) : undefined;
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

/**
 * Whether the text nests deeper than the parser can take, judged before parsing by what can nest on
 * few characters: flow collections, and compact `- - -` or `? ? ?`. Deep block nesting costs a
 * square of its depth in text and ends at the file size limit.
 */
function exceedsNesting(text: string): boolean {
  if (/(?:[-?] +){200}/.test(text)) return true;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_FLOW_BRACKETS) return true;
    } else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
  }
  return false;
}

/** Brackets are counted in quotes and block scalars too, hence more than MAX_NESTING. */
const MAX_FLOW_BRACKETS = 1000;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some(item => isDeeperThan(item, levels - 1));
}

function faultyFile(
  text: string,
  lines: LineIndex,
  code: YamlFault['code'],
  message: string,
): YamlDocument {
  const range = firstLineOf(lines.rangeAt(0, text.length), text, lines);
  return {
    index: 0,
    source: text,
    value: undefined,
    isEmpty: false,
    faults: [{ code, message, range }],
    range,
    locate: () => range,
    sourceOf: () => undefined,
  };
}
