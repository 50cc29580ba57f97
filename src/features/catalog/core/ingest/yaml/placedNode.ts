import type { Range } from '../../../../../base';
import type { FieldPath } from './yamlDocument';

/** A value of a document as far as its place goes, whichever parser found it. */
export interface PlacedNode {
  /** Offsets into the file; the end is the one after the last character. */
  readonly start: number;
  readonly end: number;
  /** What a collection holds under a key or an index. */
  child(segment: string | number): PlacedItem | undefined;
}

export interface PlacedItem {
  readonly key: PlacedNode | undefined;
  readonly value: PlacedNode | undefined;
}

/** Turns offsets into a range of the file. */
export type RangeAt = (start: number, end: number) => Range;

/**
 * Of a field's key or value. What is not there is marked at the nearest enclosing key that is;
 * undefined where there is none.
 */
export function locateField(
  root: PlacedNode | undefined,
  { path, at, rangeAt }: { path: FieldPath; at: 'key' | 'value'; rangeAt: RangeAt },
): Range | undefined {
  let node = root;
  let key: PlacedNode | undefined;
  for (const [depth, segment] of path.entries()) {
    const item = node?.child(segment);
    if (!item) return visible(key, rangeAt);
    if (depth === path.length - 1 && at === 'value') {
      return visible(item.value, rangeAt) ?? visible(item.key ?? key, rangeAt);
    }
    key = item.key ?? item.value ?? key;
    node = item.value;
  }
  return visible(key, rangeAt);
}

export function nodeAt(root: PlacedNode | undefined, path: FieldPath): PlacedNode | undefined {
  let node = root;
  for (const segment of path) node = node?.child(segment)?.value;
  return node;
}

/** An empty range marks nothing that could be seen, so it counts as none. */
function visible(node: PlacedNode | undefined, rangeAt: RangeAt): Range | undefined {
  return node && node.end > node.start ? rangeAt(node.start, node.end) : undefined;
}

/** A mapping or a sequence, with the places of all that it holds. */
export class PlacedCollection implements PlacedNode {
  readonly start: number;
  end = 0;
  #keys: readonly string[] | undefined;
  /** Four for each item: start and end of its key, start and end of its value. */
  #offsets: number[] = [];
  #collections: (PlacedCollection | undefined)[] = [];

  constructor(start: number, keys: readonly string[] | undefined) {
    this.start = start;
    this.#keys = keys;
  }

  get size(): number {
    return this.#collections.length;
  }

  add(
    keyStart: number,
    keyEnd: number,
    start: number,
    end: number,
    collection: PlacedCollection | undefined,
  ): void {
    this.#offsets.push(keyStart, keyEnd, start, end);
    this.#collections.push(collection);
  }

  child(segment: string | number): PlacedItem | undefined {
    const index = this.#keys ? this.#keys.indexOf(String(segment)) : segment;
    if (typeof index !== 'number' || !(index in this.#collections)) return undefined;
    const at = (place: number): PlacedNode => ({
      start: this.#offsets[index * 4 + place] ?? 0,
      end: this.#offsets[index * 4 + place + 1] ?? 0,
      child: () => undefined,
    });
    return {
      key: this.#keys && at(0),
      value: this.#collections[index] ?? at(2),
    };
  }
}
