import {
  type Alias,
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
import type { LineIndex, Position, Range } from '../../../../../base';
import {
  type ComposedDocument,
  composeDocuments,
  MAX_NESTING,
  type PlacedItem,
  type PlacedNode,
  type YamlExcess,
} from '../../../../../platform/core/yaml';
import { locateField, nodeAt, type RangeAt } from './placedNode';
import type { YamlDocument, YamlFault } from './yamlDocument';

/** Stack levels of the parser besides collections: the document and a scalar. */
const PARSER_OVERHEAD = 2;

/** A part of a file's text. */
export interface DocumentSource {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Lines of the whole file. */
  readonly lines: LineIndex;
  /** Index of the first document. */
  readonly index: number;
}

/** Parses documents with Backstage's parser. Never throws. */
export function composedDocuments(source: DocumentSource): readonly YamlDocument[] {
  return compose(source).map((composed, place) => readComposed(composed, source, place));
}

/**
 * Parses the single document before a final `---`, which affects which comments belong to it.
 * Undefined if the `---` doesn't start a document: then an error, such as an open quote, extends
 * into later documents.
 */
export function documentBeforeMarker(source: DocumentSource): YamlDocument | undefined {
  const [composed, next, ...others] = compose(source);
  const isAlone =
    composed !== undefined &&
    others.length === 0 &&
    next?.base === composed.base &&
    next.document?.errors.length === 0;
  return isAlone ? readComposed(composed, source, 0) : undefined;
}

function compose({ text, start, end }: DocumentSource): readonly ComposedDocument[] {
  return composeDocuments(text.slice(start, end), MAX_NESTING + PARSER_OVERHEAD);
}

function readComposed(
  { document, excess, ...place }: ComposedDocument,
  { text, lines, start, index }: DocumentSource,
  number: number,
): YamlDocument {
  const context = {
    base: start + place.base,
    start: start + place.start,
    end: start + place.end,
    index: index + number,
    lines,
    text,
  };
  return document ? readDocument({ ...context, document }) : refusedDocument(context, excess);
}

interface DocumentContext extends Omit<ComposedDocument, 'excess'>, DocumentSource {
  readonly document: Document.Parsed;
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
  const root = document.contents ? new ComposedNode(document.contents, base) : undefined;
  let value: unknown;
  try {
    value = document.toJSON();
  } catch (error) {
    // Only the first error of a broken document is reported, not its aliases.
    if (!faults.length) faults.push(valueFault(error as Error, document, { range, rangeAt }));
  }
  return {
    index,
    source: text.slice(start, end),
    value,
    isEmpty: !faults.length && (value === null || value === undefined),
    faults,
    range,
    locate: (path, at) =>
      locateField(root, { path, at, rangeAt: lines.rangeAt.bind(lines) }) ??
      firstLineOf(range, text, lines),
    sourceOf: path => {
      const node = nodeAt(root, path);
      return node && text.slice(node.start, node.end);
    },
  };
}

/** Returns the error of a document without a value despite valid syntax: of an alias. */
function valueFault(
  error: Error,
  document: Document.Parsed,
  { range, rangeAt }: { range: Range; rangeAt: RangeAt },
): YamlFault {
  if (/excessive alias/i.test(error.message)) {
    return { code: 'yaml-aliases', message: error.message, range };
  }
  const name = /^Unresolved alias .*: (.+)$/.exec(error.message)?.[1];
  const alias = findAlias(document, name);
  return { code: 'yaml-syntax', message: error.message, range: rangeOf(alias, rangeAt) ?? range };
}

function findAlias(document: Document.Parsed, name: string | undefined): Alias | undefined {
  let wanted: Alias | undefined;
  visit(document, {
    Alias(_key, alias) {
      if (alias.source !== name) return undefined;
      wanted = alias;
      return visit.BREAK;
    },
  });
  return wanted;
}

function rangeOf(node: Node | undefined, rangeAt: RangeAt): Range | undefined {
  return node?.range ? rangeAt(node.range[0], node.range[1]) : undefined;
}

/**
 * Returns the first error, which Backstage reports, because later ones are often consequences; and
 * each duplicate key.
 */
function reportedErrors(errors: readonly YAMLError[]): readonly YAMLError[] {
  return errors.filter((error, index) => index === 0 || error.code === 'DUPLICATE_KEY');
}

/** Returns the ends of duplicate keys by their start: `yaml` marks only their first character. */
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

/** Appends a position like `yaml`, without the excerpt. */
function withPlace(message: string, { line, character }: Position): string {
  return `${message} at line ${line + 1}, column ${character + 1}`;
}

function contentRange(document: Document.Parsed, rangeAt: RangeAt, end: number): Range {
  const range = document.contents?.range;
  return range ? rangeAt(range[0], range[1]) : rangeAt(end, end);
}

/** Returns the first line of a document, for fields without a place. */
export function firstLineOf(range: Range, text: string, lines: LineIndex): Range {
  if (range.end.line === range.start.line) return range;
  const start = lines.offsetOfLine(range.start.line);
  const line = text.slice(start, lines.offsetOfLine(range.start.line + 1));
  const end = start + line.replace(/\r?\n?$/, '').length;
  return { start: range.start, end: lines.positionAt(end) };
}

/** A node of `yaml`, with offsets into the whole file. */
class ComposedNode implements PlacedNode {
  readonly start: number;
  readonly end: number;
  #node: Node;
  #base: number;

  constructor(node: Node, base: number) {
    this.#node = node;
    this.#base = base;
    this.start = base + (node.range?.[0] ?? 0);
    this.end = base + (node.range?.[1] ?? 0);
  }

  child(segment: string | number): PlacedItem | undefined {
    const node = this.#node;
    if (isMap(node)) {
      const pair = node.items.find(item => isPair(item) && keyText(item.key) === String(segment));
      return pair && { key: this.#placed(pair.key), value: this.#placed(pair.value) };
    }
    if (!isSeq(node) || typeof segment !== 'number') return undefined;
    const value = this.#placed(node.items[segment]);
    return value && { key: undefined, value };
  }

  #placed(value: unknown): ComposedNode | undefined {
    const node = asNode(value);
    return node && new ComposedNode(node, this.#base);
  }
}

/** Returns a key as text, as in the parsed value: `1: x` becomes `"1"`. */
function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const { value } = key;
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

function asNode(value: unknown): Node | undefined {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined;
}

/** Creates a document that exceeds a limit; other documents of the file are unaffected. */
function refusedDocument(
  { base, index, lines, text, start, end }: Omit<DocumentContext, 'document'>,
  excess: YamlExcess | undefined,
): YamlDocument {
  const source = text.slice(start, end);
  const content = start + Math.max(0, source.search(/^(?!---|#|%|[^\S\r\n]*$)/m));
  const range = firstLineOf(lines.rangeAt(content, end), text, lines);
  const isAlias = excess?.code === 'aliases';
  const fault: YamlFault = {
    code: isAlias ? 'yaml-aliases' : 'yaml-nesting',
    message: excess?.message ?? '',
    range: isAlias ? lines.rangeAt(base + excess.pos[0], base + excess.pos[1]) : range,
  };
  return {
    index,
    source,
    value: undefined,
    isEmpty: false,
    faults: [fault],
    range,
    locate: () => range,
    sourceOf: () => undefined,
  };
}
