import { compareFiles, type IndexedFile } from './indexedFile';
import type { FileLookup, OrderedFiles } from './orderedFiles';

/** Files with a few changes, which are applied to the underlying files on commit. */
export class ChangedFiles implements FileLookup {
  #files: OrderedFiles;
  /** Changed files by URI; undefined for deleted ones. */
  #changes: ReadonlyMap<string, IndexedFile | undefined>;

  constructor(files: OrderedFiles, changes: ReadonlyMap<string, IndexedFile | undefined>) {
    this.#files = files;
    this.#changes = changes;
  }

  get size(): number {
    let size = this.#files.size;
    for (const [uri, file] of this.#changes) size += Number(!!file) - Number(this.#files.has(uri));
    return size;
  }

  get(uri: string): IndexedFile | undefined {
    return this.#changes.has(uri) ? this.#changes.get(uri) : this.#files.get(uri);
  }

  has(uri: string): boolean {
    return this.get(uri) !== undefined;
  }

  *keys(): Iterable<string> {
    for (const { uri } of this.values()) yield uri;
  }

  *values(): Iterable<IndexedFile> {
    const changed = [...this.#changes.values()].flatMap(file => file ?? []).sort(compareFiles);
    for (const file of this.#files.values()) {
      if (this.#changes.has(file.uri)) continue;
      for (let next = changed[0]; next && compareFiles(next, file) < 0; next = changed[0]) {
        yield next;
        changed.shift();
      }
      yield file;
    }
    yield* changed;
  }

  commit(): void {
    for (const [uri, file] of this.#changes) {
      if (file) this.#files.set(file);
      else this.#files.delete(uri);
    }
    this.#changes = new Map();
  }
}
