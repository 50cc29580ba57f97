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

/** How the nodes of one document stand in its text; offsets of nodes count from `base`. */
export class YamlLayout {
  #text: string;
  #base: number;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  /** Where the last token of a node or pair ends, comments behind it left out. */
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

  /** Of a pair without a value. */
  colonAfter({ key, value }: Pair): number | undefined {
    if (!isNode(key) || !key.range || (isScalar(value) && value.source)) return undefined;
    const end = this.#base + key.range[1];
    const between = /^[ \t]*:/.exec(this.#text.slice(end, end + 200));
    return between ? end + between[0].length - 1 : undefined;
  }

  /** The blanks before a key that is the first thing in its line. */
  indentOf({ key }: Pair): string | undefined {
    if (!isNode(key) || !key.range) return undefined;
    const before = this.beforeInLine(this.#base + key.range[0]);
    return /^ *$/.test(before) ? before : undefined;
  }

  /** The blanks that keys stand behind in a map that begins in the line of its dash: `- id: a`. */
  indentBehindDash({ key }: Pair): string | undefined {
    if (!isNode(key) || !key.range) return undefined;
    const before = this.beforeInLine(this.#base + key.range[0]);
    return /^ *(?:- +)+$/.test(before) ? ' '.repeat(before.length) : undefined;
  }

  /** What stands before an offset in its line. */
  beforeInLine(offset: number): string {
    const lineStart = Math.max(
      this.#text.lastIndexOf('\n', offset - 1),
      this.#text.lastIndexOf('\r', offset - 1),
    );
    return this.#text.slice(lineStart + 1, offset);
  }

  /** Puts whole lines behind the line that an offset is in. */
  insertLine(offset: number, lines: string): OffsetEdit {
    const text = this.#text;
    const lineEnd = lineEndOf(text);
    const at = this.lineAfter(offset);
    return at === undefined
      ? { start: text.length, end: text.length, text: lineEnd + lines }
      : { start: at, end: at, text: lines + lineEnd };
  }

  /** Where the line of an offset ends, its break left out. */
  lineEnd(offset: number): number {
    const rest = this.#text.slice(offset).search(/[\r\n]/);
    return rest < 0 ? this.#text.length : offset + rest;
  }

  /** Where the line begins that follows the one in which a token ends; undefined in the last line. */
  lineAfter(offset: number): number | undefined {
    if (/[\r\n]/.test(this.#text.charAt(offset - 1))) return offset;
    const rest = /\r\n|\n|\r/.exec(this.#text.slice(offset));
    return rest ? offset + rest.index + rest[0].length : undefined;
  }
}

/** Whether a node is shared by an anchor or typed by a tag. */
export function isMarked(node: unknown): boolean {
  return (isScalar(node) || isCollection(node)) && (node.anchor ?? node.tag) !== undefined;
}

export function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find(pair => isScalar(pair.key) && pair.key.value === key);
}

/** The value at a path of keys; undefined where the path leads to nothing or through an alias. */
export function valueAt(root: unknown, path: readonly string[]): unknown {
  let node = root;
  for (const key of path) {
    if (!isMap(node)) return undefined;
    node = findPair(node, key)?.value;
  }
  return node;
}

/** The map in the last of the lists that a path goes through, and the keys from there on. */
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
