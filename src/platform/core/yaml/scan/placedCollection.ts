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
