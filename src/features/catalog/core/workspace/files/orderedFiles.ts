import { type TimeSlicer, sortInSlices } from '../../../../../platform/core';
import { compareFiles, type IndexedFile } from './indexedFile';

/** Files by URI in conflict order. A map qualifies. */
export interface FileLookup {
  readonly size: number;
  get(uri: string): IndexedFile | undefined;
  has(uri: string): boolean;
  keys(): Iterable<string>;
  values(): Iterable<IndexedFile>;
}

/** Files that stay in conflict order when some change. */
export class OrderedFiles implements FileLookup {
  #order: IndexedFile[];
  #files: Map<string, IndexedFile>;

  /** @param order - the same files in conflict order */
  private constructor(files: Map<string, IndexedFile>, order: IndexedFile[]) {
    this.#files = files;
    this.#order = order;
  }

  static async of(files: readonly IndexedFile[], slices: TimeSlicer): Promise<OrderedFiles> {
    const order = await sortInSlices(files, compareFiles, slices);
    const byUri = new Map<string, IndexedFile>();
    for (const file of order) {
      byUri.set(file.uri, file);
      if (slices.isOver) await slices.pause();
    }
    return new OrderedFiles(byUri, order);
  }

  get size(): number {
    return this.#order.length;
  }

  get(uri: string): IndexedFile | undefined {
    return this.#files.get(uri);
  }

  has(uri: string): boolean {
    return this.#files.has(uri);
  }

  *keys(): Iterable<string> {
    for (const { uri } of this.#order) yield uri;
  }

  values(): Iterable<IndexedFile> {
    return this.#order;
  }

  /** Adds or replaces a file. */
  set(file: IndexedFile): void {
    const before = this.#files.get(file.uri);
    this.#files.set(file.uri, file);
    const isInPlace = before && compareFiles(before, file) === 0;
    if (before && !isInPlace) this.#order.splice(this.#placeOf(before), 1);
    this.#order.splice(this.#placeOf(file), isInPlace ? 1 : 0, file);
  }

  delete(uri: string): void {
    const file = this.#files.get(uri);
    if (!file) return;
    this.#files.delete(uri);
    this.#order.splice(this.#placeOf(file), 1);
  }

  /** Returns the index of a file, or where it would be inserted. */
  #placeOf(file: IndexedFile): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#order[middle];
      if (other && compareFiles(other, file) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
