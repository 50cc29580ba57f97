/** The place of a value in a document, from either parser. */
export interface PlacedNode {
  /** Offsets into the file; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Returns the item with a key or an index. */
  child(segment: string | number): PlacedItem | undefined;
}

export interface PlacedItem {
  readonly key: PlacedNode | undefined;
  readonly value: PlacedNode | undefined;
}

/** A mapping or a sequence with the places of its items. */
export class PlacedCollection implements PlacedNode {
  readonly start: number;
  end = 0;
  #keys: readonly string[] | undefined;
  /** Four offsets per item: start and end of its key, start and end of its value. */
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
