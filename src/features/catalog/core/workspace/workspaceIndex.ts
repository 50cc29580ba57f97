import { dirnameUri, isWithin, type Logger } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import { exists, isDenied } from '../../../../platform/core/files';
import type { Clock, FileChange, FileSystem, FileType } from '../../../../platform/core/ports';
import type { FileRecord } from '../records';
import {
  type ForgesOfHosts,
  KnownRepository,
  Repositories,
  type Repository,
  type RepositoryFinder,
} from '../repository/repositories';
import type {
  CatalogRoot,
  IndexOptions,
  IndexSession,
  IndexState,
  RestorableIndex,
} from './catalogIndex';
import { type FileReading, type FileRequest, isUnread } from './files/fileReading';
import { ingestFiles } from './files/ingestFiles';
import { changedFiles, type KnownFile } from './files/knownFiles';
import { WorkspaceFiles } from './files/workspaceFiles';
import { linkOn, placesBehind } from './locations/links';
import type { TargetState } from './locations/locationReach';
import type { FoundTarget } from './locations/locationTargets';
import { gonePlaces, hasAncestor, ancestorsOf } from './locations/ancestors';
import { WorkspaceRoots } from './workspaceRoots';

interface WorkspaceIndexDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Reduces a record to the parts to keep. */
  readonly condense?: (record: FileRecord) => FileRecord;
  /** Returns the repository whose commit contains all files. Default: the checked-out repositories of their folders. */
  readonly repository?: () => Repository;
  /** Kinds of Git hosts whose names don't tell. */
  readonly forges?: ForgesOfHosts | undefined;
}

/**
 * Files of the workspace with their content, and the Locations between them. Callers must run one
 * change or refresh at a time.
 */
export class WorkspaceIndex implements RestorableIndex {
  readonly #deps: WorkspaceIndexDeps;
  readonly #repositories: RepositoryFinder;
  #files: WorkspaceFiles;

  constructor(deps: WorkspaceIndexDeps) {
    this.#deps = deps;
    this.#repositories = deps.repository
      ? new KnownRepository(deps.repository)
      : new Repositories(deps.fileSystem, deps.forges, (file, reason) =>
          deps.logger.warn(
            `${file} can't be read, so links to the Git host are missing: ${reason}`,
          ),
        );
    this.#files = this.#filesOf(new WorkspaceRoots());
  }

  /** Finds and reads all files. When it rejects, the index is unchanged. */
  async refresh(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    { signal, onProgress, known }: IndexOptions = {},
  ): Promise<IndexState> {
    const before = this.#files;
    try {
      // Known files depend on the repositories as they are now.
      if (!known) this.#repositories.clear();
      const files = await this.#open(roots, session);
      const seen: KnownFile[] = [];
      const toRead: string[] = [];
      for (const root of files.roots.all()) {
        await root.selector.findFiles([root.uri], {
          clock: this.#deps.clock,
          signal,
          onFile: uri => {
            if (files.roots.of(uri) !== root) return;
            files.discover(uri);
            const file = known?.get(uri);
            if (file) seen.push(file);
            else toRead.push(uri);
          },
          onRepository: folder => this.#repositories.note(folder),
          onUnreadable: folder => this.#noteUnreadable(folder, files),
        });
      }
      for (const uri of await this.#keep(seen, before)) toRead.push(uri);
      await this.#ingestAll(toRead, session, { signal, onProgress }, true);
      return await this.#readTargets(session, signal);
    } catch (error) {
      this.#files = before;
      throw error;
    }
  }

  /**
   * Applies changes of files and folders: reads changed files and their dependents, once each.
   * Returns undefined if everything must be read again.
   */
  async applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    { signal }: IndexOptions = {},
  ): Promise<IndexState | undefined> {
    const isIgnoreFile = ({ uri }: FileChange): boolean => uri.endsWith('/.gitignore');
    if (!this.#deps.repository && changes.some(isIgnoreFile)) return undefined;
    const files = this.#files;
    // Change events are late, merged and unordered, so only the current state counts.
    const places = new Map<string, FileType | undefined>();
    for (const uri of await this.#changedPlaces(changes)) {
      places.set(uri, await this.#typeFound(uri));
    }
    if ([...places.values()].some(type => type !== 'file')) {
      const gone = await gonePlaces(places, uri => this.#typeOf(uri));
      const changed = new Set([...places.keys(), ...gone]);
      files.roots.forget(folder => hasAncestor(changed, folder));
      this.#repositories.forget(folder => hasAncestor(gone, folder));
    }
    const removed = await files.removeBelow(places, new TimeSlicer(this.#deps.clock));
    files.forgetTargets(places);
    const touched = new Set([...places.keys(), ...removed]);
    const toRead = new Set<string>();
    const unreadable = new Set<string>();
    for (const [uri, type] of places) {
      const options = {
        signal,
        clock: this.#deps.clock,
        onUnreadable: (folder: string) => unreadable.add(folder),
      };
      for (const found of await files.roots.filesOf(uri, type, options)) {
        files.discover(found);
        touched.add(found);
        toRead.add(found);
      }
      if (files.get(uri)) toRead.add(uri);
    }
    for (const folder of unreadable) this.#noteUnreadable(folder, files);
    const dependents = [...files.dependentsOn(touched), ...(await this.#mistakenOf(places.keys()))];
    for (const uri of dependents) toRead.add(uri);
    await this.#ingestAll(toRead, session, { signal });
    return this.#readTargets(session, signal);
  }

  hasDiscovered(uri: string): boolean {
    return this.#files.isDiscovered(uri);
  }

  async unreportedChanges(signal?: AbortSignal): Promise<readonly FileChange[]> {
    const files = this.#files;
    const { clock, fileSystem } = this.#deps;
    const changed = await changedFiles(files.readFiles(), fileSystem);
    const uris = changed.map(({ uri }) => uri);
    for (const root of files.roots.all()) {
      const onFile = (uri: string): void => {
        if (files.roots.of(uri) === root && !files.isDiscovered(uri)) uris.push(uri);
      };
      await root.selector.findFiles([root.uri], { clock, signal, onFile });
    }
    return uris.map(uri => ({ type: 'changed', uri }));
  }

  /** Restores files without checking them. Reads only other files that Locations reference. */
  async restore(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    known: Iterable<KnownFile>,
  ): Promise<IndexState> {
    const slices = new TimeSlicer(this.#deps.clock);
    this.#repositories.clear();
    const files = await this.#open(roots, session);
    let boundary: string | undefined;
    for (const file of known) {
      const { uri, stamp, record } = file;
      if (!files.roots.of(uri)) continue;
      files.discover(uri);
      // Files of one repository are mostly adjacent.
      if (file.boundary !== boundary) await this.#repositories.find(file.boundary);
      boundary = file.boundary;
      if (record) files.take(file, { stamp, record }, this.#repositories.at(boundary));
      else files.skip(file);
      if (slices.isOver) await slices.pause();
    }
    return this.#readTargets(session, undefined);
  }

  /** Reads files again. */
  async reread(
    uris: Iterable<string>,
    session: IndexSession,
    options: IndexOptions,
  ): Promise<IndexState> {
    await this.#ingestAll(uris, session, options);
    return this.#readTargets(session, options.signal);
  }

  /** Returns the files that need not be read again in the next session while unchanged. */
  known(): readonly KnownFile[] {
    return this.#files.known();
  }

  filesReading(uri: string): readonly string[] {
    return this.#files.reading(uri);
  }

  displayPath(uri: string): string {
    return this.#files.roots.displayPath(uri);
  }

  async #open(roots: readonly CatalogRoot[], { options }: IndexSession): Promise<WorkspaceFiles> {
    const deps = {
      options,
      repositories: this.#repositories,
      fileSystem: this.#deps.fileSystem,
      isTracked: this.#deps.repository !== undefined,
      onTooComplex: (pattern: string, file: string | undefined) => {
        const place = file ?? 'the settings';
        const start = JSON.stringify(pattern.slice(0, 100));
        this.#deps.logger.warn(`A pattern of ${place} is too complex and was skipped: ${start}`);
      },
      onUnreadRules: (file: string, reason: string) =>
        this.#deps.logger.warn(`The rules of ${file} are not used: ${reason}`),
    };
    return (this.#files = this.#filesOf(await WorkspaceRoots.open(roots, deps)));
  }

  #filesOf(roots: WorkspaceRoots): WorkspaceFiles {
    return new WorkspaceFiles(roots, uri => this.#findTarget(uri, roots));
  }

  /**
   * Keeps unchanged known files.
   *
   * @returns URIs of files that must be read anyway
   */
  async #keep(seen: readonly KnownFile[], before: WorkspaceFiles): Promise<readonly string[]> {
    const files = this.#files;
    const slices = new TimeSlicer(this.#deps.clock);
    const toRead: string[] = [];
    const withoutRecord = seen.filter(({ record }) => !record);
    const changed = new Set(await changedFiles(withoutRecord, this.#deps.fileSystem));
    for (const file of seen) {
      const { uri, record, boundary } = file;
      const request = await this.#requestOf(uri, { wasWalked: true });
      const indexed = before.get(uri);
      const isSame = request?.boundary === boundary && !changed.has(file);
      if (!isSame || (record && !indexed)) toRead.push(uri);
      else if (indexed) files.put(indexed);
      else files.skip(file);
      if (slices.isOver) await slices.pause();
    }
    return toRead;
  }

  #logUnread(reading: FileReading | undefined): void {
    if (!reading || !isUnread(reading)) return;
    const { uri, problems } = reading.record;
    this.#deps.logger.warn(`${uri}: ${problems[0]?.message}`);
  }

  #noteUnreadable(folder: string, files: WorkspaceFiles): void {
    this.#deps.logger.warn(`The folder ${folder} cannot be read, and its descriptors are missing`);
    files.noteUnreadable(folder);
  }

  /** Returns the places that a change affects: watchers report real paths, which symbolic links may lead to. */
  async #changedPlaces(changes: readonly FileChange[]): Promise<ReadonlySet<string>> {
    const links = this.#files.links();
    const places = new Set<string>();
    const slices = new TimeSlicer(this.#deps.clock);
    for (const { uri } of changes) {
      if (slices.isOver) await slices.pause();
      places.add(uri);
      for (const place of placesBehind(links, uri)) places.add(place);
    }
    for (const { from, to } of links) {
      if (to === undefined && (await this.#typeOf(from))) places.add(from);
    }
    return places;
  }

  /** Returns files that depend on a folder whose creation or deletion was reported only through its children. */
  async #mistakenOf(places: Iterable<string>): Promise<readonly string[]> {
    const folders = new Set([...places].flatMap(uri => [...ancestorsOf(dirnameUri(uri))]));
    const mistaken: string[] = [];
    for (const { uri, sighting } of this.#files.sightingsOf(folders)) {
      if ((await exists(sighting.uri, this.#deps.fileSystem)) !== sighting.isThere)
        mistaken.push(uri);
    }
    return mistaken;
  }

  /** Returns the type of a discoverable entry; undefined behind a symbolic link. */
  async #typeFound(uri: string): Promise<FileType | undefined> {
    const type = await this.#typeOf(uri);
    const root = type && this.#files.roots.of(uri);
    return (await root?.selector.isBehindLink(uri)) ? undefined : type;
  }

  async #typeOf(uri: string): Promise<FileType | undefined> {
    try {
      return (await this.#deps.fileSystem.stat(uri))?.type;
    } catch {
      // An unreadable place isn't gone: it is read like a file, which reports why it can't be.
      return 'file';
    }
  }

  /** Reads targets of Locations until there are no new ones, then returns the state. */
  async #readTargets(session: IndexSession, signal: AbortSignal | undefined): Promise<IndexState> {
    const files = this.#files;
    const tried = new Map<string, boolean>();
    let stale = await files.follow(tried, new TimeSlicer(this.#deps.clock));
    while (stale.size) {
      await this.#ingestAll(stale, session, { signal });
      stale = await files.follow(tried, new TimeSlicer(this.#deps.clock));
    }
    return files.state(new TimeSlicer(this.#deps.clock));
  }

  async #findTarget(uri: string, roots: WorkspaceRoots): Promise<FoundTarget> {
    const root = roots.of(uri)?.uri;
    if (root === undefined) return { state: 'outside', link: undefined };
    const state = await this.#targetState(uri, root);
    return { state, link: await linkOn(uri, root, this.#deps.fileSystem) };
  }

  async #targetState(uri: string, root: string): Promise<TargetState> {
    const type = await this.#typeOf(uri);
    if (type !== 'file') {
      if (await this.#isOutOfReach(uri, type)) return 'unreadable';
      return type === undefined ? 'missing' : 'folder';
    }
    try {
      const [real, realRoot] = await Promise.all([
        this.#deps.fileSystem.realPath(uri),
        this.#deps.fileSystem.realPath(root),
      ]);
      return isWithin(realRoot, real) ? 'file' : 'outside';
    } catch {
      // Gone since it was looked at: the Location's target is reported as missing.
      return 'missing';
    }
  }

  /** Whether the user lacks permission; a disk may then report the entry as missing. */
  async #isOutOfReach(uri: string, type: FileType | undefined): Promise<boolean> {
    try {
      if (type === 'directory') await this.#deps.fileSystem.readDirectory(uri);
      else await this.#deps.fileSystem.readFile(uri);
      return false;
    } catch (error) {
      return isDenied(error);
    }
  }

  /** Reads a file again with long texts in full. */
  async readRecord(uri: string, session: IndexSession): Promise<FileRecord | undefined> {
    const file = await this.#requestOf(uri, { wasWalked: false });
    if (!file) return undefined;
    const reader = await session.reader();
    return (await reader.readFile(file, this.#deps.clock.now()))?.record;
  }

  /** @param wasWalked - whether discovery found the files */
  async #ingestAll(
    uris: Iterable<string>,
    session: IndexSession,
    { signal, onProgress }: IndexOptions,
    wasWalked = false,
  ): Promise<void> {
    const all = [...uris];
    let done = 0;
    // Late results of a canceled refresh must not affect the current files.
    const files = this.#files;
    await ingestFiles(all, {
      session,
      clock: this.#deps.clock,
      signal,
      requestOf: uri => this.#requestOf(uri, { files, wasWalked }),
      onReading: (request, reading) => {
        const { condense } = this.#deps;
        const kept =
          reading && condense ? { ...reading, record: condense(reading.record) } : reading;
        files.take(request, kept, this.#repositories.at(request.boundary));
        this.#logUnread(reading);
        onProgress?.({ done: ++done, total: all.length });
      },
    });
  }

  /** Returns how to read a file; undefined if it is in no workspace folder. */
  async #requestOf(
    uri: string,
    { files = this.#files, wasWalked }: { files?: WorkspaceFiles; wasWalked: boolean },
  ): Promise<FileRequest | undefined> {
    const root = files.roots.of(uri);
    if (!root) return undefined;
    const repository = await this.#repositories.find(
      dirnameUri(uri),
      wasWalked ? root.uri : undefined,
    );
    return {
      uri,
      expectsDescriptors: files.expectsDescriptors(uri),
      boundary: repository?.root ?? root.uri,
    };
  }
}
