import { getOrInsert } from '../../../../../base';
import type { TimeSlicer } from '../../../../../platform/core';
import type { FileRecord } from '../../records';
import { hasAncestor } from '../locations/ancestors';
import { compareFiles, type IndexedFile } from './indexedFile';

/** Changes of a table since the last call. */
export interface TableChanges {
  readonly uris: ReadonlySet<string>;
  /** Whether other files may have become active or inactive too. */
  readonly haveSkeletonsChanged: boolean;
}

/** Files of an index by URI, with their dependencies and effects on other files. */
export class FileTable {
  #files = new Map<string, IndexedFile>();
  /** Files that depend on a URI, by that URI. */
  #dependents = new Map<string, Set<string>>();
  /** URIs of the files with Locations. */
  #locations = new Set<string>();
  /** Number of files that name each skeleton folder. */
  #skeletons = new Map<string, number>();
  #changed = new Set<string>();
  #haveSkeletonsChanged = false;

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
    const { uri, record } = file;
    // Before the previous ones are subtracted: most stay the same.
    for (const folder of record.skeletonFolders) this.#countSkeleton(folder, 1);
    this.delete(uri);
    this.#changed.add(uri);
    this.#files.set(uri, file);
    for (const dependency of dependenciesOf(record)) {
      getOrInsert(this.#dependents, dependency, () => new Set()).add(uri);
    }
    if (record.locationTargets.length) this.#locations.add(uri);
  }

  delete(uri: string): void {
    const file = this.#files.get(uri);
    if (!file) return;
    this.#changed.add(uri);
    this.#files.delete(uri);
    for (const dependency of dependenciesOf(file.record)) {
      const others = this.#dependents.get(dependency);
      if (others?.delete(uri) && !others.size) this.#dependents.delete(dependency);
    }
    this.#locations.delete(uri);
    for (const folder of file.record.skeletonFolders) this.#countSkeleton(folder, -1);
  }

  /** Returns the URIs of files that depend on a place. */
  dependentsOf(uri: string): Iterable<string> {
    return this.#dependents.get(uri) ?? [];
  }

  /** Returns the URIs that files depend on, whether or not they exist. */
  dependencies(): Iterable<string> {
    return this.#dependents.keys();
  }

  /** Returns a file, unless it is in a skeleton. */
  active(uri: string): IndexedFile | undefined {
    const isInSkeleton = this.#skeletons.size > 0 && hasAncestor(this.#skeletons, uri);
    return isInSkeleton ? undefined : this.#files.get(uri);
  }

  /** Returns all files outside skeletons. */
  async allActive(slices: TimeSlicer): Promise<readonly IndexedFile[]> {
    if (!this.#skeletons.size) return [...this.#files.values()];
    const active: IndexedFile[] = [];
    // Cached, because most files share their folder.
    const hidden = new Map<string, boolean>();
    for (const file of this.#files.values()) {
      const folder = file.uri.slice(0, file.uri.lastIndexOf('/'));
      let isHidden = hidden.get(folder);
      if (isHidden === undefined) {
        hidden.set(folder, (isHidden = hasAncestor(this.#skeletons, folder)));
      }
      if (!isHidden && !this.#skeletons.has(file.uri)) active.push(file);
      if (slices.isOver) await slices.pause();
    }
    return active;
  }

  /** Returns active files with Locations, in conflict order. */
  locations(): readonly IndexedFile[] {
    return [...this.#locations].flatMap(uri => this.active(uri) ?? []).sort(compareFiles);
  }

  takeChanges(): TableChanges {
    const changes = { uris: this.#changed, haveSkeletonsChanged: this.#haveSkeletonsChanged };
    this.#changed = new Set();
    this.#haveSkeletonsChanged = false;
    return changes;
  }

  #countSkeleton(folder: string, by: 1 | -1): void {
    const before = this.#skeletons.get(folder) ?? 0;
    const count = before + by;
    if (count > 0) this.#skeletons.set(folder, count);
    else this.#skeletons.delete(folder);
    this.#haveSkeletonsChanged ||= before === 0 || count === 0;
  }
}

function dependenciesOf({ dependencies, sightings }: FileRecord): readonly string[] {
  return sightings.length ? [...dependencies, ...sightings.map(({ uri }) => uri)] : dependencies;
}
