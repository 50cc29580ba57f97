import { getOrInsert } from '../../../../../base';
import type { Slices } from '../../../../../platform/core';
import type { FileRecord } from '../../records';
import { hasInWay } from '../locations/ways';
import { compareFiles, type IndexedFile } from './indexedFile';

/** What has changed in a table since it was asked last. */
export interface TableChanges {
  readonly uris: ReadonlySet<string>;
  /** Whether other files than these may count now, or count no more. */
  readonly haveSkeletonsChanged: boolean;
}

/** The files of an index, by URI, and what of them concerns others. */
export class FileTable {
  #files = new Map<string, IndexedFile>();
  /** By URI of what was read or looked for besides a file: the files that it was for. */
  #dependents = new Map<string, Set<string>>();
  /** URIs of the files with Locations. */
  #locations = new Set<string>();
  /** URIs of the folders that templates make projects from; how many files name each. */
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
    // Before those of the file as it was are counted off: most name the same ones.
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

  /** URIs of the files that are not the same without what is at this place. */
  dependentsOf(uri: string): Iterable<string> {
    return this.#dependents.get(uri) ?? [];
  }

  /** URIs of all that files depend on, or would if it existed. */
  dependencies(): Iterable<string> {
    return this.#dependents.keys();
  }

  /** The file, unless it is one that templates make projects from: such files do not count. */
  active(uri: string): IndexedFile | undefined {
    const isInSkeleton = this.#skeletons.size > 0 && hasInWay(this.#skeletons, uri);
    return isInSkeleton ? undefined : this.#files.get(uri);
  }

  /** All files that count. */
  async allActive(slices: Slices): Promise<readonly IndexedFile[]> {
    if (!this.#skeletons.size) return [...this.#files.values()];
    const active: IndexedFile[] = [];
    // Most files share their folder with another.
    const hidden = new Map<string, boolean>();
    for (const file of this.#files.values()) {
      const folder = file.uri.slice(0, file.uri.lastIndexOf('/'));
      let isHidden = hidden.get(folder);
      if (isHidden === undefined) {
        hidden.set(folder, (isHidden = hasInWay(this.#skeletons, folder)));
      }
      if (!isHidden && !this.#skeletons.has(file.uri)) active.push(file);
      if (slices.isOver) await slices.pause();
    }
    return active;
  }

  /** The files with Locations that count, in the order of conflicts. */
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
