import { relativePath } from '../../../../../base';
import type { TimeSlicer } from '../../../../../platform/core';
import { isTestFile } from '../../../../../platform/core/files';
import type { FileType } from '../../../../../platform/core/ports';
import { isDescriptorName } from '../../ingest/descriptorNames';
import { createProblem } from '../../problems/problemSeverities';
import { emptyFileRecord, type FileRecord, type Sighting } from '../../records';
import type { Repository } from '../../repository/repositories';
import type { IndexState } from '../catalogIndex';
import type { PlaceLink } from '../locations/links';
import { leadsTo, originsOf } from '../locations/locationReach';
import { type FoundTarget, LocationTargets } from '../locations/locationTargets';
import { hasAncestor } from '../locations/ancestors';
import type { WorkspaceRoots } from '../workspaceRoots';
import { ChangedFiles } from './changedFiles';
import { DiscoveredFiles } from './discoveredFiles';
import type { FileReading, FileRequest } from './fileReading';
import { FileTable } from './fileTable';
import type { IndexedFile } from './indexedFile';
import type { KnownFile } from './knownFiles';
import { OrderedFiles } from './orderedFiles';

/** Maximum number of places that are compared with every file. */
const FEW_PLACES = 8;

/** Number of changes above which all files are sorted again. */
const FEW_CHANGES = 256;

/**
 * Files of a workspace, and the state that the catalog last received. Changes take effect in the
 * next state; the cost depends on what changed.
 */
export class WorkspaceFiles {
  readonly roots: WorkspaceRoots;
  #discovered = new DiscoveredFiles();
  /** Discovered files that are irrelevant to the catalog. */
  #skipped = new Map<string, KnownFile>();
  #files = new FileTable();
  /** URIs of files that are present, or were read as descriptors, because a Location references them. */
  #led = new Set<string>();
  #targets: LocationTargets;
  /** Targets of Locations when stale files were last determined. */
  #judgedBy: ReadonlyMap<string, string> | undefined;
  /** URIs of files that changed since, or still must be read again. */
  #unjudged = new Set<string>();
  #lastState: { readonly state: IndexState; readonly files: OrderedFiles } | undefined;

  /** @param findTarget - checks the target of a Location */
  constructor(roots: WorkspaceRoots, findTarget: (uri: string) => Promise<FoundTarget>) {
    this.roots = roots;
    this.#targets = new LocationTargets(findTarget);
  }

  get(uri: string): IndexedFile | undefined {
    return this.#files.get(uri);
  }

  /** Whether a file should contain descriptors: because of its name or a Location. */
  expectsDescriptors(uri: string): boolean {
    return hasDescriptorName(uri) || this.#targets.reachedBy.has(uri);
  }

  /** Adds a discovered file. */
  discover(uri: string): void {
    if (this.#discovered.add(uri)) this.#targets.invalidate();
  }

  isDiscovered(uri: string): boolean {
    return this.#discovered.has(uri);
  }

  /** Adds the problem of an unreadable folder. */
  noteUnreadable(folder: string): void {
    const root = this.roots.of(folder);
    const path = root && relativePath(root.uri, folder);
    if (!root || path === undefined) return;
    this.discover(folder);
    const problem = createProblem(
      'folder-unreadable',
      'This folder cannot be read, and its descriptors are missing. Check its permissions, or exclude it with callboard.catalog.exclude',
      { file: folder },
    );
    const record = emptyFileRecord(folder, [problem]);
    const order = { group: root.index, path };
    this.put({ uri: folder, order, repository: undefined, expectsDescriptors: false, record });
  }

  /** Adds a file that is irrelevant to the catalog. */
  skip(file: KnownFile): void {
    this.remove(file.uri);
    this.#skipped.set(file.uri, file);
  }

  /** Adds a file with its content; undefined removes it. */
  take(
    { uri, expectsDescriptors, boundary }: FileRequest,
    reading: FileReading | undefined,
    repository: Repository | undefined,
  ): void {
    const root = this.roots.of(uri);
    const path = root && relativePath(root.uri, uri);
    if (!reading) this.remove(uri);
    else if (!root || path === undefined || isNothing(reading.record, expectsDescriptors)) {
      this.skip({ uri, stamp: reading.stamp, expectsDescriptors, boundary, record: undefined });
    } else {
      const order = { group: root.index, path, isTest: isTestFile(path) };
      // Without spreading, which would allocate a separate property list.
      const { stamp, record } = reading;
      this.put({ uri, order, repository, expectsDescriptors, stamp, record });
    }
  }

  put(file: IndexedFile): void {
    const { uri, expectsDescriptors } = file;
    const before = this.#files.get(uri);
    if ([before, file].some(concernsLocations)) this.#targets.invalidate();
    this.#skipped.delete(uri);
    this.#unjudged.add(uri);
    this.#files.set(file);
    if (!this.#discovered.has(uri) || (expectsDescriptors && !hasDescriptorName(uri)))
      this.#led.add(uri);
    else this.#led.delete(uri);
  }

  remove(uri: string): void {
    if (concernsLocations(this.#files.get(uri))) this.#targets.invalidate();
    this.#skipped.delete(uri);
    this.#unjudged.add(uri);
    this.#files.delete(uri);
    this.#led.delete(uri);
  }

  /**
   * Removes files at some places and below them; existing files are kept.
   *
   * @returns URIs of the removed files
   */
  async removeBelow(
    places: ReadonlyMap<string, FileType | undefined>,
    slices: TimeSlicer,
  ): Promise<readonly string[]> {
    const isKnown = (uri: string): boolean => this.#discovered.has(uri) || this.#files.has(uri);
    const gone = [...places.keys()].filter(uri => places.get(uri) !== 'file' && isKnown(uri));
    // A former file has no entries below it.
    const folders = [...places.keys()].filter(uri => !isKnown(uri));
    if (folders.length) {
      const starts = folders.map(uri => (uri.endsWith('/') ? uri : `${uri}/`));
      const isBelow = (uri: string): boolean =>
        starts.length > FEW_PLACES
          ? hasAncestor(places, uri)
          : starts.some(start => uri.startsWith(start));
      for (const uris of [this.#discovered.uris(), this.#led]) {
        for (const uri of uris) {
          if (!places.has(uri) && isBelow(uri)) gone.push(uri);
          if (slices.isOver) await slices.pause();
        }
      }
    }
    for (const uri of gone) {
      if (this.#discovered.delete(uri)) this.#targets.invalidate();
      this.remove(uri);
    }
    return gone;
  }

  /** Invalidates the targets of Locations at some places or below them. */
  forgetTargets(places: ReadonlyMap<string, unknown>): void {
    this.#targets.forgetStates(places);
  }

  /** Returns the symbolic links that lead to targets of Locations. */
  links(): readonly PlaceLink[] {
    return this.#targets.links();
  }

  /** Returns the URIs of active files that read this file, whether or not it exists. */
  reading(place: string): readonly string[] {
    return [...this.#files.dependentsOf(place)].filter(uri =>
      this.#files.active(uri)?.record.dependencies.includes(place),
    );
  }

  /** Returns the files that depend on some places, or on entries below them. */
  dependentsOn(places: ReadonlySet<string>): ReadonlySet<string> {
    const dependents = new Set<string>();
    for (const dependency of this.#files.dependencies()) {
      if (!hasAncestor(places, dependency)) continue;
      for (const uri of this.#files.dependentsOf(dependency)) dependents.add(uri);
    }
    return dependents;
  }

  /** Yields the files that checked the existence of these places. */
  *sightingsOf(places: Iterable<string>): Generator<{ uri: string; sighting: Sighting }, void> {
    for (const place of places) {
      for (const uri of this.#files.dependentsOf(place)) {
        const sightings = this.#files.get(uri)?.record.sightings ?? [];
        const sighting = sightings.find(seen => seen.uri === place);
        if (sighting) yield { uri, sighting };
      }
    }
  }

  /** Returns the files that need not be read again in the next session while unchanged. */
  known(): readonly KnownFile[] {
    return this.readFiles().filter(({ uri }) => this.#discovered.has(uri));
  }

  /** Returns all files that were read, also those that only Locations target. */
  readFiles(): readonly KnownFile[] {
    const read = [...this.#skipped.values()];
    for (const { uri, stamp, expectsDescriptors, record, repository } of this.#files.files()) {
      const root = this.roots.of(uri);
      if (!stamp || stamp.mtime < 0 || !root) continue;
      read.push({
        uri,
        stamp,
        expectsDescriptors,
        boundary: repository?.root ?? root.uri,
        record,
      });
    }
    return read;
  }

  /**
   * Follows the Locations.
   *
   * @param tried - how files were already read in this update: each is read at most once in each
   * way, so that Locations and Templates that hide each other can't cause an infinite loop
   * @returns URIs of files that must be read again, because Locations reference them or no longer
   * do
   */
  async follow(tried: Map<string, boolean>, slices: TimeSlicer): Promise<ReadonlySet<string>> {
    for (;;) {
      await this.#targets.follow(this.#files, this.#discovered, slices);
      const unreached = this.#toJudge(this.#led).filter(
        uri => !this.#discovered.has(uri) && !this.#targets.reachedBy.has(uri),
      );
      for (const uri of unreached) this.remove(uri);
      // Targets of these files, and files they hid, must be checked again.
      if (!unreached.length) return this.#filesToReadAnew(tried, slices);
    }
  }

  async #filesToReadAnew(
    tried: Map<string, boolean>,
    slices: TimeSlicer,
  ): Promise<ReadonlySet<string>> {
    const { reachedBy } = this.#targets;
    const reached = this.#toJudge(reachedBy);
    const led = this.#toJudge(this.#led);
    this.#judgedBy = reachedBy;
    this.#unjudged = new Set();
    const stale = new Set<string>();
    const add = (uri: string, expectsDescriptors: boolean): void => {
      this.#unjudged.add(uri);
      if (tried.get(uri) === expectsDescriptors) return;
      tried.set(uri, expectsDescriptors);
      stale.add(uri);
    };
    for (const uri of reached) {
      const file = this.#files.get(uri);
      if (!file || (!file.expectsDescriptors && file.record.hasSkippedDocuments)) add(uri, true);
      if (slices.isOver) await slices.pause();
    }
    for (const uri of led) {
      if (this.#files.get(uri)?.expectsDescriptors && !this.expectsDescriptors(uri))
        add(uri, false);
    }
    return stale;
  }

  /** Returns the files to check again: only recently changed ones, unless targets of Locations changed. */
  #toJudge(uris: { has(uri: string): boolean; keys(): Iterable<string> }): readonly string[] {
    return this.#judgedBy === this.#targets.reachedBy
      ? [...this.#unjudged].filter(uri => uris.has(uri))
      : [...uris.keys()];
  }

  /** Returns the current state, with the previous state of changed files if known. */
  async state(slices: TimeSlicer): Promise<IndexState> {
    const last = this.#lastState;
    last?.state.commit?.();
    const { reachedBy, unread: unreadTargets } = this.#targets;
    const { uris, haveSkeletonsChanged } = this.#files.takeChanges();
    const changes = new Map([...uris].map(uri => [uri, this.#files.active(uri)]));
    const before =
      last && !haveSkeletonsChanged
        ? new Map([...uris].map(uri => [uri, last.files.get(uri)]))
        : undefined;
    const isSmall = before && before.size <= FEW_CHANGES;
    const all =
      last && isSmall
        ? last.files
        : await OrderedFiles.of(await this.#files.allActive(slices), slices);
    const changed = isSmall ? new ChangedFiles(all, changes) : undefined;
    const files = changed ?? all;
    const origins =
      before && reachedBy === last?.state.reachedBy
        ? last.state.origins
        : await originsOf(files, reachedBy, slices);
    const commit = changed && ((): void => changed.commit());
    const state = { files, origins, reachedBy, leadsTo, unreadTargets, commit };
    this.#lastState = { state, files: all };
    return before ? { ...state, before } : state;
  }
}

/** Whether a file has Locations, or hides files that may have. */
function concernsLocations(file: IndexedFile | undefined): boolean {
  if (!file) return false;
  const { locationTargets, skeletonFolders } = file.record;
  return locationTargets.length > 0 || skeletonFolders.length > 0;
}

function hasDescriptorName(uri: string): boolean {
  // Descriptor names have no escapes in a URI.
  return isDescriptorName(uri.slice(uri.lastIndexOf('/') + 1));
}

/** Whether a file is irrelevant to the catalog. */
function isNothing(
  { documents, problems, skeletonFolders }: FileRecord,
  expectsDescriptors: boolean,
): boolean {
  return (
    !expectsDescriptors && documents === 0 && problems.length === 0 && skeletonFolders.length === 0
  );
}
