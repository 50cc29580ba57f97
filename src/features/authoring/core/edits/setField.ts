import { isAlias, isCollection, isMap, isScalar, type Pair, Scalar, type YAMLMap } from 'yaml';
import { failure, ok, type Result } from '../../../../base';
import { isPlainScalar } from '../../../../platform/core/yaml';
import {
  editDocument,
  type FieldRefusal,
  lineEndOf,
  type OffsetEdit,
  type ValuePath,
  withPart,
} from './documentEdit';
import { findPair, isMarked, mapAround, YamlLayout } from './yamlLayout';

export interface FieldTarget {
  /** 0-based index of the document in its file, empty ones counted. */
  readonly document: number;
  /** The entity that must stand there, where it is to be made sure of; case does not matter. */
  readonly kind?: string;
  readonly name?: string;
  readonly path: ValuePath;
  readonly value: FieldValue;
}

/**
 * The smallest edit that gives a field a value; undefined when it has it. All else stays byte for
 * byte: comments, the order of keys, quotes, line ends. What the edit makes of the document is read
 * back, and one that changes anything else is refused.
 */
export function setField(
  text: string,
  target: FieldTarget,
): Result<OffsetEdit | undefined, FieldRefusal> {
  return editDocument(
    text,
    target.document,
    ({ root, base }) =>
      describes(root, target) ? findEdit(text, root, base, target) : failure('moved'),
    value => withPart(value, target.path, () => target.value),
  );
}

function describes(root: YAMLMap, { kind, name }: FieldTarget): boolean {
  const same = (value: unknown, wanted: string | undefined): boolean =>
    wanted === undefined || String(value).toLowerCase() === wanted.toLowerCase();
  return same(root.get('kind'), kind) && same(root.getIn(['metadata', 'name']), name);
}

function findEdit(
  text: string,
  root: YAMLMap,
  base: number,
  { path, value }: FieldTarget,
): Result<OffsetEdit | undefined, FieldRefusal> {
  const writer = new FieldWriter(text, base, root);
  const found = mapAround(root, path);
  if (!found.ok) return found;
  const { keys } = found.value;
  let { map } = found.value;
  for (const [depth, key] of keys.entries()) {
    if (map.anchor !== undefined || map.tag !== undefined) return failure('anchor');
    const pair = findPair(map, key);
    if (!pair) return orUnsafe(writer.insert(map, keys.slice(depth), value));
    const node = pair.value;
    const isLast = depth === keys.length - 1;
    if (isAlias(node) || isMarked(node)) return failure('anchor');
    if (isLast && isScalar(node) && node.value !== null) {
      return typeof value === 'string'
        ? replaceScalar(text, base, node, value)
        : writer.replace(map, pair, value);
    }
    if (isLast && isCollection(node)) return failure('several-values');
    if (isMap(node)) map = node;
    else if (node === null || (isScalar(node) && node.value === null)) {
      return orUnsafe(writer.fill(map, pair, keys.slice(depth + 1), value));
    } else return failure('several-values');
  }
  return failure('several-values');
}

function orUnsafe(edit: OffsetEdit | undefined): Result<OffsetEdit, FieldRefusal> {
  return edit ? ok(edit) : failure('unsafe');
}

/** The order in which descriptors name these; a new field goes behind the last of those before. */
const FIELD_ORDER = ['name', 'namespace', 'type', 'lifecycle', 'owner', 'system', 'domain'];

/** Puts values into one document; offsets of nodes count from `base`. */
class FieldWriter {
  #text: string;
  #base: number;
  #root: YAMLMap;
  #layout: YamlLayout;

  constructor(text: string, base: number, root: YAMLMap) {
    this.#text = text;
    this.#base = base;
    this.#root = root;
    this.#layout = new YamlLayout(text, base);
  }

  /** Puts a list or a map in the place of a scalar. */
  replace(map: YAMLMap, pair: Pair, value: FieldValue): Result<OffsetEdit, FieldRefusal> {
    const { key, value: node } = pair;
    if (!isScalar(key) || !key.range || !isScalar(node) || !node.range) return failure('unsafe');
    if (isMarked(key)) return failure('anchor');
    const [start, end] = [this.#base + node.range[0], this.#base + node.range[1]];
    if (map.flow) return ok({ start, end, text: flowText(value) });
    const indent = this.#layout.indentOf(pair);
    const source = this.#text.slice(start, end);
    const keyEnd = this.#base + key.range[1];
    // A comment behind the colon, or behind the `|`, would go with it.
    const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
    if (
      indent === undefined ||
      !/^[ \t]*:\s*$/.test(this.#text.slice(keyEnd, start)) ||
      (isBlock && /^[^\r\n]*#/.test(source))
    ) {
      return failure('unsafe');
    }
    const name = String(key.value);
    const [first = '', ...lines] = this.#blockLines(name, value);
    const head = first.slice(scalarText(name, undefined).length);
    const written = [head, ...lines.map(line => line && indent + line)].join(lineEndOf(this.#text));
    return ok({ start: keyEnd, end, text: written + lineEndsAfter(source) });
  }

  /** Adds keys that are not there to a map. */
  insert(map: YAMLMap, path: readonly string[], value: FieldValue): OffsetEdit | undefined {
    const after = this.#pairBefore(map, path);
    if (map.flow) return this.#insertInFlow(map, after, nested(path, value));
    const [first] = map.items;
    if (!after || !first) return undefined;
    const indent = this.#layout.indentOf(first) ?? this.#layout.indentBehindDash(first);
    if (indent === undefined) return undefined;
    return this.#layout.insertLine(this.#layout.endOf(after), this.#block(indent, path, value));
  }

  /** Gives a key without a value one, or keys below it. */
  fill(
    map: YAMLMap,
    pair: Pair,
    path: readonly string[],
    value: FieldValue,
  ): OffsetEdit | undefined {
    const node = pair.value;
    const written = flowText(nested(path, value));
    if (isScalar(node) && node.source && node.range) {
      const [start, end] = node.range;
      return { start: this.#base + start, end: this.#base + end, text: written };
    }
    const colon = this.#layout.colonAfter(pair);
    if (colon === undefined) return undefined;
    const indent = this.#layout.indentOf(pair);
    if (!path.length || map.flow || indent === undefined) {
      const blanks =
        /^[ \t]*(?=,|[\r\n]|$)/.exec(this.#text.slice(colon + 1, colon + 200))?.[0] ?? '';
      return { start: colon + 1, end: colon + 1 + blanks.length, text: ` ${written}` };
    }
    const lines = this.#block(indent + this.#step(), path, value);
    return this.#layout.insertLine(colon + 1, lines);
  }

  #insertInFlow(map: YAMLMap, after: Pair | undefined, value: FieldValue): OffsetEdit | undefined {
    const quoted = map.items.some(({ key }) => isScalar(key) && key.type === Scalar.QUOTE_DOUBLE);
    const written = flowText(value, quoted ? Scalar.QUOTE_DOUBLE : undefined);
    if (!map.range) return undefined;
    if (after) {
      const at = this.#layout.endOf(after);
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

  /** By how much the document indents. */
  #step(): string {
    for (const { value } of this.#root.items) {
      const [first] = isMap(value) && !value.flow ? value.items : [];
      const indent = first && this.#layout.indentOf(first);
      if (indent) return indent;
    }
    return '  ';
  }

  #block(indent: string, path: readonly string[], value: FieldValue): string {
    const [key = '', ...below] = path;
    return this.#blockLines(key, nested(below, value))
      .map(line => line && indent + line)
      .join(lineEndOf(this.#text));
  }

  /** A key with its value: lists and maps that hold something on lines of their own. */
  #blockLines(key: string, value: FieldValue): readonly string[] {
    const head = `${scalarText(key, undefined)}:`;
    const step = this.#step();
    const lines =
      typeof value === 'string'
        ? []
        : isList(value)
          ? value.map(item => `- ${flowText(item)}`)
          : Object.entries(value).flatMap(([name, below]) => this.#blockLines(name, below));
    const block = typeof value === 'string' ? literalBlock(value) : undefined;
    if (block) return [`${head} ${block.header}`, ...block.lines.map(line => line && step + line)];
    if (!lines.length) return [`${head} ${flowText(value)}`];
    return [head, ...lines.map(line => line && step + line)];
  }
}

/** A text of several lines as a block; undefined for one that a block cannot hold as it is. */
function literalBlock(
  text: string,
): { readonly header: string; readonly lines: readonly string[] } | undefined {
  const isBlock = /^\S(?:[^]*[^\n])?\n?$/.test(text) && text.includes('\n');
  if (!isBlock || /[^\n\x20-\x7e\u00a0-\ufefe]/.test(text)) return undefined;
  const lines = text.split('\n');
  if (lines.at(-1) !== '') return { header: '|-', lines };
  return { header: '|', lines: lines.slice(0, -1) };
}

/** The map that leads to a value by these keys. */
function nested(path: readonly string[], value: FieldValue): FieldValue {
  return path.reduceRight<FieldValue>((below, key) => ({ [key]: below }), value);
}

/** The edit that replaces one scalar, in its own style. */
export function replaceScalar(
  text: string,
  base: number,
  node: Scalar,
  value: string,
): Result<OffsetEdit | undefined, FieldRefusal> {
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
  return ok({ start, end, text: scalarText(value, undefined) + lineEndsAfter(source) });
}

/** The line ends that a block of text has behind it. */
function lineEndsAfter(source: string): string {
  if (!/[\r\n]$/.test(source)) return '';
  let start = source.length;
  while (start > 0 && ' \t\r\n'.includes(source.charAt(start - 1))) start--;
  return source.slice(start);
}

/** What a field may be given: a text, or a list or a map of such values. */
export type FieldValue = string | readonly FieldValue[] | { readonly [key: string]: FieldValue };

/** A value on one line, lists and maps in brackets. */
function flowText(value: FieldValue, style?: ScalarStyle): string {
  if (typeof value === 'string') return scalarText(value, style);
  if (isList(value)) return `[${value.map(item => flowText(item, style)).join(', ')}]`;
  const pairs = Object.entries(value).map(
    ([key, below]) => `${scalarText(key, style)}: ${flowText(below, style)}`,
  );
  return pairs.length ? `{ ${pairs.join(', ')} }` : '{}';
}

function isList(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}

type ScalarStyle = Scalar.Type | undefined;

/**
 * A string as YAML, in the style of the scalar that it replaces where that style can hold it: plain
 * text that would be read as something else gets double quotes.
 */
export function scalarText(value: string, style: ScalarStyle): string {
  if (style === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  if (style === Scalar.QUOTE_SINGLE && /^[\x20-\x7e\u00a0-\ufefe]*$/.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return isPlainScalar(value) ? value : JSON.stringify(value);
}
