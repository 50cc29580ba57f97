import type { IndexedFile } from '../workspace/files/indexedFile';
import type { FileLookup } from '../workspace/files/orderedFiles';

/** Files of several indexes, none of which has one of another's; the order of conflicts is that of the indexes. */
export class JoinedFiles implements FileLookup {
  #parts: readonly FileLookup[];

  constructor(parts: readonly FileLookup[]) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#parts.reduce((sum, { size }) => sum + size, 0);
  }

  get(uri: string): IndexedFile | undefined {
    for (const part of this.#parts) {
      const file = part.get(uri);
      if (file) return file;
    }
    return undefined;
  }

  has(uri: string): boolean {
    return this.#parts.some(part => part.has(uri));
  }

  *keys(): Iterable<string> {
    for (const part of this.#parts) yield* part.keys();
  }

  *values(): Iterable<IndexedFile> {
    for (const part of this.#parts) yield* part.values();
  }
}
