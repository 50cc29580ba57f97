import { isWithin } from '../../../base';
import { compareCodeUnits } from '../processing/references';
import type { CandidateOrder } from '../graph/entityGraph';
import type { FileRecord } from '../records';
import type { FileStamp } from './fileReader';
import type { Repository } from '../repository/repositories';

/** A file that holds descriptors, or is meant to. */
export interface IndexedFile {
  readonly uri: string;
  readonly order: CandidateOrder;
  readonly repository: Repository | undefined;
  readonly record: FileRecord;
  /** Whether the file was read as one that is meant to hold descriptors. */
  readonly isMeant: boolean;
  /** What the file looked like when it was read; only for indexes that can do with it. */
  readonly stamp?: FileStamp;
}

/** The files of an index, by URI. Remembers their order, which most changes leave as it is. */
export class FileTable {
  #files = new Map<string, IndexedFile>();
  #order: readonly string[] | undefined;

  get(uri: string): IndexedFile | undefined {
    return this.#files.get(uri);
  }

  has(uri: string): boolean {
    return this.#files.has(uri);
  }

  uris(): Iterable<string> {
    return this.#files.keys();
  }

  files(): Iterable<IndexedFile> {
    return this.#files.values();
  }

  set(file: IndexedFile): void {
    const before = this.#files.get(file.uri);
    if (before?.order.group !== file.order.group || before.order.path !== file.order.path) {
      this.#order = undefined;
    }
    this.#files.set(file.uri, file);
  }

  delete(uri: string): void {
    if (this.#files.delete(uri)) this.#order = undefined;
  }

  /** Files in the order of conflicts, without those that templates make projects from. */
  active(): Map<string, IndexedFile> {
    const skeletons: string[] = [];
    for (const { record } of this.#files.values()) skeletons.push(...record.skeletonFolders);
    const active = new Map<string, IndexedFile>();
    for (const uri of (this.#order ??= this.#sortedUris())) {
      const file = this.#files.get(uri);
      if (file && !skeletons.some(folder => isWithin(folder, uri))) active.set(uri, file);
    }
    return active;
  }

  #sortedUris(): readonly string[] {
    return [...this.#files.values()]
      .sort((a, b) => a.order.group - b.order.group || compareCodeUnits(a.order.path, b.order.path))
      .map(({ uri }) => uri);
  }
}
