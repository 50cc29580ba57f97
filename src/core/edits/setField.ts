import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type ParsedNode,
  Scalar,
  type YAMLMap,
} from 'yaml';
import { failure, ok, type Result } from '../../base';
import { composeDocuments } from '../yaml';
import { equalValues } from './equalValues';
import { applyOffsetEdits, lineEndOf, type OffsetEdit } from './offsetEdit';
import { scalarText } from './scalarText';

/**
 * Why a field was left alone: the entity is not where it was (`moved`), its document has errors
 * (`invalid`), the value is shared or typed by an anchor, an alias or a tag (`anchor`), it is filled
 * in by a template (`templated`), it is a list or a map (`several-values`), or it is written in a
 * way that no small edit can change (`unsafe`).
 */
export type FieldRefusal =
  'moved' | 'invalid' | 'anchor' | 'templated' | 'several-values' | 'unsafe';

export interface FieldTarget {
  /** 0-based index of the document in its file, empty ones counted. */
  readonly document: number;
  /** The entity that must stand there; case does not matter. */
  readonly kind: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly value: string;
}

/** Deeper nesting than any descriptor has. */
export const MAX_NESTING = 200;

/**
 * The smallest edit that gives a field a value; undefined when it has it. All else stays byte for
 * byte: comments, the order of keys, quotes, line ends. What the edit makes of the document is read
 * back, and one that changes anything else is refused.
 */
export function setField(
  text: string,
  target: FieldTarget,
): Result<OffsetEdit | undefined, FieldRefusal> {
  const composed = composeDocuments(text, MAX_NESTING)[target.document];
  if (!composed) return failure('moved');
  const { document, base, start, end } = composed;
  if (!document || document.errors.length) return failure('invalid');
  const root = document.contents;
  if (!isMap(root) || !describes(root, target)) return failure('moved');
  const edit = findEdit(text, root, base, target);
  if (!edit.ok || !edit.value) return edit;
  const changed = applyOffsetEdits(text.slice(start, end), [
    { ...edit.value, start: edit.value.start - start, end: edit.value.end - start },
  ]);
  return says(changed, document, target) ? edit : failure('unsafe');
}

function describes(root: YAMLMap, { kind, name }: FieldTarget): boolean {
  const same = (value: unknown, wanted: string): boolean =>
    String(value).toLowerCase() === wanted.toLowerCase();
  return same(root.get('kind'), kind) && same(root.getIn(['metadata', 'name']), name);
}

function findEdit(
  text: string,
  root: YAMLMap,
  base: number,
  { path, value }: FieldTarget,
): Result<OffsetEdit | undefined, FieldRefusal> {
  const writer = new FieldWriter(text, base, root);
  let map = root;
  for (const [depth, key] of path.entries()) {
    if (map.anchor !== undefined || map.tag !== undefined) return failure('anchor');
    const pair = findPair(map, key);
    if (!pair) return orUnsafe(writer.insert(map, path.slice(depth), value));
    const node = pair.value;
    const isLast = depth === path.length - 1;
    if (isAlias(node) || isMarked(node)) return failure('anchor');
    if (isLast && isScalar(node) && node.value !== null) return writer.replace(node, value);
    if (isLast && isCollection(node)) return failure('several-values');
    if (isMap(node)) map = node;
    else if (node === null || (isScalar(node) && node.value === null)) {
      return orUnsafe(writer.fill(map, pair, path.slice(depth + 1), value));
    } else return failure('several-values');
  }
  return failure('several-values');
}

function orUnsafe(edit: OffsetEdit | undefined): Result<OffsetEdit, FieldRefusal> {
  return edit ? ok(edit) : failure('unsafe');
}

function isMarked(node: unknown): boolean {
  return (isScalar(node) || isCollection(node)) && (node.anchor ?? node.tag) !== undefined;
}

function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find(pair => isScalar(pair.key) && pair.key.value === key);
}

/** Whether a document reads as the one before did, but for the field. */
function says(
  text: string,
  before: Document.Parsed<ParsedNode>,
  { path, value }: FieldTarget,
): boolean {
  const documents = composeDocuments(text, MAX_NESTING);
  const [after] = documents;
  if (documents.length !== 1 || !after?.document || after.document.errors.length) return false;
  try {
    return equalValues(after.document.toJS(), withValue(before.toJS(), path, value));
  } catch {
    // Aliases that lead nowhere, or to too much.
    return false;
  }
}

function withValue(object: unknown, path: readonly string[], value: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const fields = typeof object === 'object' && object !== null ? Object.entries(object) : [];
  const below = fields.find(([name]) => name === key)?.[1] as unknown;
  return Object.fromEntries([...fields, [key, withValue(below, rest, value)]]);
}

/** The order in which descriptors name these; a new field goes behind the last of those before. */
const FIELD_ORDER = ['name', 'namespace', 'type', 'lifecycle', 'owner', 'system', 'domain'];

/** Puts values into one document; offsets of nodes count from `base`. */
class FieldWriter {
  #text: string;
  #base: number;
  #root: YAMLMap;

  constructor(text: string, base: number, root: YAMLMap) {
    this.#text = text;
    this.#base = base;
    this.#root = root;
  }

  replace(node: Scalar, value: string): Result<OffsetEdit | undefined, FieldRefusal> {
    return replaceScalar(this.#text, this.#base, node, value);
  }

  /** Adds keys that are not there to a map. */
  insert(map: YAMLMap, path: readonly string[], value: string): OffsetEdit | undefined {
    const after = this.#pairBefore(map, path);
    if (map.flow) return this.#insertInFlow(map, after, path, value);
    const [first] = map.items;
    if (!after || !first) return undefined;
    const indent = this.#indentOf(first);
    if (indent === undefined) return undefined;
    return this.#insertLine(this.#endOf(after), this.#block(indent, path, value));
  }

  /** Gives a key without a value one, or keys below it. */
  fill(map: YAMLMap, pair: Pair, path: readonly string[], value: string): OffsetEdit | undefined {
    const node = pair.value;
    const written = path.length ? this.#flow(path, value) : scalarText(value, undefined);
    if (isScalar(node) && node.source && node.range) {
      const [start, end] = node.range;
      return { start: this.#base + start, end: this.#base + end, text: written };
    }
    const colon = this.#colonAfter(pair);
    if (colon === undefined) return undefined;
    const indent = this.#indentOf(pair);
    if (!path.length || map.flow || indent === undefined) {
      return { start: colon + 1, end: colon + 1, text: ` ${written}` };
    }
    return this.#insertLine(colon + 1, this.#block(indent + this.#step(), path, value));
  }

  #insertInFlow(
    map: YAMLMap,
    after: Pair | undefined,
    path: readonly string[],
    value: string,
  ): OffsetEdit | undefined {
    const quoted = map.items.some(({ key }) => isScalar(key) && key.type === Scalar.QUOTE_DOUBLE);
    const written = this.#flow(path, value, quoted);
    if (!map.range) return undefined;
    if (after) {
      const at = this.#endOf(after);
      // The braces of the pair are not part of the edit.
      return { start: at, end: at, text: `, ${written.slice(1, -1).trim()}` };
    }
    const [start, end] = map.range;
    return { start: this.#base + start, end: this.#base + end, text: written };
  }

  #pairBefore(map: YAMLMap, path: readonly string[]): Pair | undefined {
    const key = path.length === 1 ? FIELD_ORDER.indexOf(path[0] ?? '') : -1;
    const before = FIELD_ORDER.slice(0, Math.max(0, key)).reverse();
    for (const name of before) {
      const pair = findPair(map, name);
      if (pair) return pair;
    }
    return map.items.at(-1);
  }

  /** Where the last token of a pair ends, comments behind it left out. */
  #endOf(pair: Pair): number {
    let end = 0;
    const visit = (node: unknown): void => {
      if (isPair(node)) {
        visit(node.key);
        const colon = this.#colonAfter(node);
        if (colon !== undefined) end = Math.max(end, colon + 1);
        visit(node.value);
      } else if (isCollection(node) && !node.flow) visit(node.items.at(-1));
      else if (isNode(node) && node.range) end = Math.max(end, this.#base + node.range[1]);
    };
    visit(pair);
    return end;
  }

  #colonAfter({ key, value }: Pair): number | undefined {
    if (!isNode(key) || !key.range || (isScalar(value) && value.source)) return undefined;
    const end = this.#base + key.range[1];
    const between = /^[ \t]*:/.exec(this.#text.slice(end, end + 200));
    return between ? end + between[0].length - 1 : undefined;
  }

  /** The blanks before a key that is the first thing in its line. */
  #indentOf({ key }: Pair): string | undefined {
    if (!isNode(key) || !key.range) return undefined;
    const start = this.#base + key.range[0];
    const lineStart = Math.max(
      this.#text.lastIndexOf('\n', start - 1),
      this.#text.lastIndexOf('\r', start - 1),
    );
    const indent = this.#text.slice(lineStart + 1, start);
    return /^ *$/.test(indent) ? indent : undefined;
  }

  /** By how much the document indents. */
  #step(): string {
    for (const { value } of this.#root.items) {
      const [first] = isMap(value) && !value.flow ? value.items : [];
      const indent = first && this.#indentOf(first);
      if (indent) return indent;
    }
    return '  ';
  }

  #block(indent: string, path: readonly string[], value: string): string {
    const step = this.#step();
    return path
      .map((key, depth) => {
        const isLast = depth === path.length - 1;
        const tail = isLast ? ` ${scalarText(value, undefined)}` : '';
        return `${indent}${step.repeat(depth)}${scalarText(key, undefined)}:${tail}`;
      })
      .join(lineEndOf(this.#text));
  }

  #flow(path: readonly string[], value: string, quoted = false): string {
    const style = quoted ? Scalar.QUOTE_DOUBLE : undefined;
    return path.reduceRight(
      (below, key) => `{ ${scalarText(key, style)}: ${below} }`,
      scalarText(value, style),
    );
  }

  /** Puts whole lines behind the line that an offset is in. */
  #insertLine(offset: number, lines: string): OffsetEdit {
    const text = this.#text;
    const lineEnd = lineEndOf(text);
    if (/[\r\n]/.test(text.charAt(offset - 1))) {
      return { start: offset, end: offset, text: lines + lineEnd };
    }
    const rest = /\r\n|\n|\r/.exec(text.slice(offset));
    if (!rest) return { start: text.length, end: text.length, text: lineEnd + lines };
    const at = offset + rest.index + rest[0].length;
    return { start: at, end: at, text: lines + lineEnd };
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value) || isAlias(value);
}

/** The edit that replaces one scalar, in its own style. */
export function replaceScalar(
  text: string,
  base: number,
  node: Scalar,
  value: string,
): Result<OffsetEdit | undefined, FieldRefusal> {
  if (isMarked(node)) return failure('anchor');
  if (node.value === value) return ok(undefined);
  if (typeof node.value === 'string' && /\$?\{\{/.test(node.value)) return failure('templated');
  if (!node.range) return failure('unsafe');
  const [from, to] = node.range;
  const [start, end] = [base + from, base + to];
  if (node.type !== Scalar.BLOCK_LITERAL && node.type !== Scalar.BLOCK_FOLDED) {
    return ok({ start, end, text: scalarText(value, node.type) });
  }
  const source = text.slice(start, end);
  // A comment behind the `|` would go with it.
  if (/^[^\r\n]*#/.test(source)) return failure('unsafe');
  const blankLines = /(?:[ \t]*(?:\r\n|\n|\r))*$/.exec(source)?.[0] ?? '';
  return ok({ start, end, text: scalarText(value, undefined) + blankLines });
}
