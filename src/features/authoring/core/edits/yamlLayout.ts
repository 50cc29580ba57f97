import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { failure, ok, type Result } from '../../../../base';
import { type FieldRefusal, lineEndOf, type OffsetEdit, type ValuePath } from './documentEdit';

/** Places of nodes in the text of a document; offsets of nodes are relative to `base`. */
export class YamlLayout {
  #text: string;
  #base: number;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  /** Returns the end of a node or pair, without comments after it. */
  endOf(last: unknown): number {
    let end = 0;
    const visit = (node: unknown): void => {
      if (isPair(node)) {
        visit(node.key);
        const colon = this.colonAfter(node);
        if (colon !== undefined) end = Math.max(end, colon + 1);
        visit(node.value);
      } else if (isCollection(node) && !node.flow) visit(node.items.at(-1));
      else if (isNode(node) && node.range) end = Math.max(end, this.#base + node.range[1]);
    };
    visit(last);
    return end;
  }

  /** Returns the offset of the colon of a pair without a value. */
  colonAfter({ key, value }: Pair): number | undefined {
    if (!isNode(key) || !key.range || (isScalar(value) && value.source)) return undefined;
    const end = this.#base + key.range[1];
    const between = /^[ \t]*:/.exec(this.#text.slice(end, end + 200));
    return between ? end + between[0].length - 1 : undefined;
  }

  /** Returns the indentation of a key that is first on its line. */
  indentOf({ key }: Pair): string | undefined {
    if (!isNode(key) || !key.range) return undefined;
    const before = this.beforeInLine(this.#base + key.range[0]);
    return /^ *$/.test(before) ? before : undefined;
  }

  /** Returns the indentation of keys in a map that starts on the line of its dash: `- id: a`. */
  indentBehindDash({ key }: Pair): string | undefined {
    if (!isNode(key) || !key.range) return undefined;
    const before = this.beforeInLine(this.#base + key.range[0]);
    return /^ *(?:- +)+$/.test(before) ? ' '.repeat(before.length) : undefined;
  }

  /** Returns the text before an offset on its line. */
  beforeInLine(offset: number): string {
    const lineStart = Math.max(
      this.#text.lastIndexOf('\n', offset - 1),
      this.#text.lastIndexOf('\r', offset - 1),
    );
    return this.#text.slice(lineStart + 1, offset);
  }

  /** Inserts whole lines after the line of an offset. */
  insertLine(offset: number, lines: string): OffsetEdit {
    const text = this.#text;
    const lineEnd = lineEndOf(text);
    const at = this.lineAfter(offset);
    return at === undefined
      ? { start: text.length, end: text.length, text: lineEnd + lines }
      : { start: at, end: at, text: lines + lineEnd };
  }

  /** Returns the end of an offset's line, without the line break. */
  lineEnd(offset: number): number {
    const rest = this.#text.slice(offset).search(/[\r\n]/);
    return rest < 0 ? this.#text.length : offset + rest;
  }

  /** Returns the start of the line after the one in which a token ends; undefined on the last line. */
  lineAfter(offset: number): number | undefined {
    if (/[\r\n]/.test(this.#text.charAt(offset - 1))) return offset;
    const rest = /\r\n|\n|\r/.exec(this.#text.slice(offset));
    return rest ? offset + rest.index + rest[0].length : undefined;
  }
}

/** Whether a node has an anchor or a tag. */
export function isMarked(node: unknown): boolean {
  return (isScalar(node) || isCollection(node)) && (node.anchor ?? node.tag) !== undefined;
}

export function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find(pair => isScalar(pair.key) && pair.key.value === key);
}

/** Returns the value at a path of keys; undefined if nothing is there or the path goes through an alias. */
export function valueAt(root: unknown, path: readonly string[]): unknown {
  let node = root;
  for (const key of path) {
    if (!isMap(node)) return undefined;
    node = findPair(node, key)?.value;
  }
  return node;
}

/** Returns the map in the last list on a path, and the remaining keys. */
export function mapAround(
  root: YAMLMap,
  path: ValuePath,
): Result<{ readonly map: YAMLMap; readonly keys: readonly string[] }, FieldRefusal> {
  const last = path.findLastIndex(segment => typeof segment === 'number');
  let node: unknown = root;
  for (const segment of path.slice(0, last + 1)) {
    if (isAlias(node) || isMarked(node)) return failure('anchor');
    if (typeof segment === 'string')
      node = isMap(node) ? findPair(node, segment)?.value : undefined;
    else node = isSeq(node) ? node.items[segment] : undefined;
  }
  if (isAlias(node)) return failure('anchor');
  if (!isMap(node)) return failure('several-values');
  return ok({ map: node, keys: path.slice(last + 1).map(String) });
}

/** Returns the field at a path with its map; undefined if it doesn't exist or the path goes through an alias. */
export function pairAt(
  root: YAMLMap,
  path: ValuePath,
): Result<{ readonly map: YAMLMap; readonly pair: Pair } | undefined, FieldRefusal> {
  const around = mapAround(root, path);
  if (!around.ok) return around;
  const { map: outer, keys } = around.value;
  const map = valueAt(outer, keys.slice(0, -1));
  const key = keys.at(-1);
  if (!isMap(map) || key === undefined) return ok(undefined);
  const pair = findPair(map, key);
  return ok(pair && { map, pair });
}
