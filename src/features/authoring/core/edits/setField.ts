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
  /** The expected entity, in any letter case; undefined to skip the check. */
  readonly kind?: string;
  readonly name?: string;
  readonly path: ValuePath;
  readonly value: FieldValue;
  /** Whether a text with template syntax may be replaced. */
  readonly replacesTemplates?: boolean;
}

/**
 * Returns the smallest edit that sets a field; undefined if it has the value. All other bytes stay the same: comments,
 * order of keys, quotes, line endings. The result is parsed again, and an edit that changes anything else is rejected.
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
  { path, value, replacesTemplates }: FieldTarget,
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
        ? replaceScalar(text, base, node, value, replacesTemplates)
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

/** The usual order of these fields; a new field goes after the last of its predecessors. */
const FIELD_ORDER = ['name', 'namespace', 'type', 'lifecycle', 'owner', 'system', 'domain'];

/** Writes values into one document; offsets of nodes are relative to `base`. */
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

  /** Replaces a scalar by a list or a map. */
  replace(map: YAMLMap, pair: Pair, value: FieldValue): Result<OffsetEdit, FieldRefusal> {
    const { key, value: node } = pair;
    if (!isScalar(key) || !key.range || !isScalar(node) || !node.range) return failure('unsafe');
    if (isMarked(key)) return failure('anchor');
    const [start, end] = [this.#base + node.range[0], this.#base + node.range[1]];
    if (map.flow) return ok({ start, end, text: flowText(value) });
    const indent = this.#layout.indentOf(pair);
    const source = this.#text.slice(start, end);
    const keyEnd = this.#base + key.range[1];
    // A comment after the colon, or after the `|`, would be deleted.
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

  /** Adds missing keys to a map. */
  insert(map: YAMLMap, path: readonly string[], value: FieldValue): OffsetEdit | undefined {
    const after = this.#pairBefore(map, path);
    if (map.flow) return this.#insertInFlow(map, after, nested(path, value));
    const [first] = map.items;
    if (!after || !first) return undefined;
    const indent = this.#layout.indentOf(first) ?? this.#layout.indentBehindDash(first);
    if (indent === undefined) return undefined;
    return this.#layout.insertLine(this.#layout.endOf(after), this.#block(indent, path, value));
  }

  /** Sets the value of an empty key, or keys below it. */
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
      // Without the braces of the nested map.
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

  /** Returns the indentation that the document uses. */
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

  /** Returns the lines of a key and its value, with non-empty lists and maps as blocks. */
  #blockLines(key: string, value: FieldValue): readonly string[] {
    const head = `${scalarText(key, undefined)}:`;
    const step = this.#step();
    const lines =
      typeof value !== 'object'
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

/** Returns a multi-line text as a block scalar; undefined if a block can't represent it. */
function literalBlock(
  text: string,
): { readonly header: string; readonly lines: readonly string[] } | undefined {
  const isBlock = /^\S(?:[^]*[^\n])?\n?$/.test(text) && text.includes('\n');
  if (!isBlock || /[^\n\x20-\x7e\u00a0-\ufefe]/.test(text)) return undefined;
  const lines = text.split('\n');
  if (lines.at(-1) !== '') return { header: '|-', lines };
  return { header: '|', lines: lines.slice(0, -1) };
}

/** Wraps a value in maps with these keys. */
function nested(path: readonly string[], value: FieldValue): FieldValue {
  return path.reduceRight<FieldValue>((below, key) => ({ [key]: below }), value);
}

/** Returns the edit that replaces a scalar, keeping its style. */
export function replaceScalar(
  text: string,
  base: number,
  node: Scalar,
  value: string,
  replacesTemplates = false,
): Result<OffsetEdit | undefined, FieldRefusal> {
  if (node.value === value) return ok(undefined);
  if (!replacesTemplates && typeof node.value === 'string' && /\$?\{\{/.test(node.value))
    return failure('templated');
  if (!node.range) return failure('unsafe');
  const [from, to] = node.range;
  const [start, end] = [base + from, base + to];
  if (node.type !== Scalar.BLOCK_LITERAL && node.type !== Scalar.BLOCK_FOLDED) {
    return ok({ start, end, text: scalarText(value, node.type) });
  }
  const source = text.slice(start, end);
  // A comment after the `|` would be deleted.
  if (/^[^\r\n]*#/.test(source)) return failure('unsafe');
  return ok({ start, end, text: scalarText(value, undefined) + lineEndsAfter(source) });
}

/** Returns the line endings after a block scalar. */
function lineEndsAfter(source: string): string {
  if (!/[\r\n]$/.test(source)) return '';
  let start = source.length;
  while (start > 0 && ' \t\r\n'.includes(source.charAt(start - 1))) start--;
  return source.slice(start);
}

/** A value to set: a scalar, or a list or map of such values. */
export type FieldValue =
  | string
  | number
  | boolean
  | readonly FieldValue[]
  | { readonly [key: string]: FieldValue };

/** Formats a value on one line, with lists and maps in brackets. */
function flowText(value: FieldValue, style?: ScalarStyle): string {
  if (typeof value === 'string') return scalarText(value, style);
  if (typeof value !== 'object') return String(value);
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
 * Formats a string as YAML, in the style of the replaced scalar if possible; plain text that would be read as another
 * type gets double quotes.
 */
export function scalarText(value: string, style: ScalarStyle): string {
  if (style === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  if (style === Scalar.QUOTE_SINGLE && /^[\x20-\x7e\u00a0-\ufefe]*$/.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return isPlainScalar(value) ? value : JSON.stringify(value);
}
