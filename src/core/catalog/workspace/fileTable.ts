import { compareCodeUnits } from '../../../base';
import type { CandidateOrder } from '../graph/entityGraph';
import type { FileRecord } from '../records';
import { hasInWay } from './ways';
import type { Slices } from './slices';
import type { FileStamp } from './fileReading';
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
  /** By URI of a file that placeholders read: the files that they stand in. */
  #dependents = new Map<string, Set<string>>();

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
    if (before) this.#forgetDependencies(before);
    this.#files.set(file.uri, file);
    for (const dependency of file.record.dependencies) {
      const others = this.#dependents.get(dependency);
      if (others) others.add(file.uri);
      else this.#dependents.set(dependency, new Set([file.uri]));
    }
  }

  delete(uri: string): void {
    const file = this.#files.get(uri);
    if (!file) return;
    this.#forgetDependencies(file);
    this.#files.delete(uri);
    this.#order = undefined;
  }

  /** URIs of the files whose placeholders read this file. */
  dependentsOf(uri: string): Iterable<string> {
    return this.#dependents.get(uri) ?? [];
  }

  /** URIs of all files that placeholders read, or would read if they existed. */
  dependencies(): Iterable<string> {
    return this.#dependents.keys();
  }

  /** Files in the order of conflicts, without those that templates make projects from. */
  async active(slices: Slices): Promise<Map<string, IndexedFile>> {
    const skeletons = new Set<string>();
    for (const { record } of this.#files.values()) {
      for (const folder of record.skeletonFolders) skeletons.add(folder);
      if (slices.isOver) await slices.pause();
    }
    const active = new Map<string, IndexedFile>();
    for (const uri of (this.#order ??= this.#sortedUris())) {
      const file = this.#files.get(uri);
      if (file && !(skeletons.size && hasInWay(skeletons, uri))) active.set(uri, file);
      if (slices.isOver) await slices.pause();
    }
    return active;
  }

  #forgetDependencies({ uri, record }: IndexedFile): void {
    for (const dependency of record.dependencies) {
      const others = this.#dependents.get(dependency);
      if (others?.delete(uri) && !others.size) this.#dependents.delete(dependency);
    }
  }

  #sortedUris(): readonly string[] {
    return [...this.#files.values()]
      .sort((a, b) => a.order.group - b.order.group || compareCodeUnits(a.order.path, b.order.path))
      .map(({ uri }) => uri);
  }
}
