import { dirnameUri, isWithin, type Logger, relativePath } from '../../../base';
import type { Clock, FileChange, FileSystem, FileType } from '../../ports';
import { WalkRun } from '../discovery/walkRun';
import { isDescriptorName } from '../ingest/descriptorNames';
import type { FileRecord } from '../records';
import { Repositories } from '../repository/repositories';
import type {
  CatalogRoot,
  IndexOptions,
  IndexSession,
  IndexState,
  RestorableIndex,
} from './catalogIndex';
import { DiscoveredFiles } from './discoveredFiles';
import type { FileReading, FileRequest } from './fileReading';
import { FileTable, type IndexedFile } from './fileTable';
import { type CatalogWorkers, IngestRun } from './ingestRun';
import { changedFiles, type KnownFile } from './knownFiles';
import { originsOf, type TargetState } from './locationReach';
import { LocationTargets } from './locationTargets';
import { OrderedFiles } from './orderedFiles';
import { Slices } from './slices';
import { gonePlaces, hasInWay } from './ways';
import { WorkspaceRoots } from './workspaceRoots';

type SettledState = IndexState & { readonly files: OrderedFiles };

/** What the index knows; another refresh begins another one. */
interface Knowledge {
  readonly roots: WorkspaceRoots;
  readonly discovered: DiscoveredFiles;
  /** Files that discovery found and that have nothing to do with the catalog. */
  readonly passedOver: Map<string, KnownFile>;
  readonly files: FileTable;
  readonly targets: LocationTargets;
  /** What was told last. */
  state: SettledState | undefined;
}

/**
 * The files of the workspace: which there are, what each gives by itself, and which Location leads
 * to which. One change or refresh at a time; the caller queues them.
 */
export class WorkspaceIndex implements RestorableIndex {
  #fileSystem: FileSystem;
  #clock: Clock;
  #logger: Logger;
  #workers: CatalogWorkers | undefined;
  #repositories: Repositories;
  #known: Knowledge;

  constructor(deps: {
    fileSystem: FileSystem;
    clock: Clock;
    logger: Logger;
    workers?: CatalogWorkers;
  }) {
    this.#fileSystem = deps.fileSystem;
    this.#workers = deps.workers;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    this.#repositories = new Repositories(deps.fileSystem);
    this.#known = this.#nothingOf(new WorkspaceRoots());
  }

  /** Finds and reads everything. When it rejects, the index is as it was before. */
  async refresh(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    { signal, onProgress, known }: IndexOptions = {},
  ): Promise<IndexState> {
    const before = this.#known;
    try {
      // What is known was told from the repositories as they are now.
      if (!known) this.#repositories.clear();
      await this.#open(roots, session);
      const seen: KnownFile[] = [];
      const walk = { isRunning: true };
      const run = this.#startRun(session, { signal, onProgress }, walk);
      for (const root of this.#known.roots.all()) {
        const walkRun = new WalkRun({
          selector: root.selector,
          workers: this.#workers,
          clock: this.#clock,
          logger: this.#logger,
          signal,
          onFile: uri => {
            if (this.#rootOf(uri) !== root) return;
            this.#discovered.add(uri);
            const file = known?.get(uri);
            if (file) seen.push(file);
            else run.add(uri);
          },
          onRepository: folder => this.#repositories.note(folder),
        });
        await walkRun.run();
      }
      walk.isRunning = false;
      for (const uri of await this.#keep(seen, before.files)) run.add(uri);
      await run.finish();
      return await this.#settle(session, signal);
    } catch (error) {
      this.#known = before;
      throw error;
    }
  }

  /**
   * Takes up changes of files and folders; reads what changed, and what depends on it, once each.
   * Undefined where a change can have any effect and everything must be read again.
   */
  async applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    { signal }: IndexOptions = {},
  ): Promise<IndexState | undefined> {
    if (changes.some(({ uri }) => uri.endsWith('/.gitignore'))) return undefined;
    // Changes are told late, merged and in any order: what counts is what is there now.
    const places = new Map<string, FileType | undefined>();
    for (const { uri } of changes) {
      if (!places.has(uri)) places.set(uri, await this.#typeOf(uri));
    }
    if ([...places.values()].some(type => type !== 'file')) {
      const gone = await gonePlaces(places, uri => this.#typeOf(uri));
      const changed = new Set([...places.keys(), ...gone]);
      roots.forget(folder => hasInWay(changed, folder));
      this.#repositories.forget(folder => hasInWay(gone, folder));
    }
    const removed = await this.#removeBelow(places);
    const mayReach = this.#forgetTargetStates(places) || removed.length > 0;
    const touched = new Set([...places.keys(), ...removed]);
    let isLocal = !mayReach;
    const toRead = new Set<string>();
    for (const [uri, type] of places) {
      for (const found of await this.#filesOf(uri, type, signal)) {
        touched.add(found);
        isLocal &&= this.#discovered.has(found);
        this.#discovered.add(found);
        toRead.add(found);
      }
      if (this.#files.has(uri)) toRead.add(uri);
    }
    for (const dependency of this.#files.dependencies()) {
      if (!hasInWay(touched, dependency)) continue;
      for (const uri of this.#files.dependentsOf(dependency)) toRead.add(uri);
    }
    const before = new Map([...toRead].map(uri => [uri, this.#files.get(uri)]));
    await this.#ingestAll(toRead, session, { signal });
    isLocal &&= [...before].every(([uri, file]) => isAlike(file, this.#files.get(uri)));
    return (isLocal && this.#localState(before)) || this.#settle(session, signal);
  }

  /**
   * Takes files for what they were when they were read last, without looking at them. What Locations
   * lead to beyond them is read.
   */
  async restore(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    files: Iterable<KnownFile>,
  ): Promise<IndexState> {
    const slices = new Slices(this.#clock);
    this.#repositories.clear();
    await this.#open(roots, session);
    for (const file of files) {
      if (!this.#rootOf(file.uri)) continue;
      this.#discovered.add(file.uri);
      await this.#repositories.find(file.boundary);
      this.#take(file, file.record && { stamp: file.stamp, record: file.record });
      if (!file.record) this.#passedOver.set(file.uri, file);
      if (slices.isOver) await slices.pause();
    }
    return this.#settle(session, undefined);
  }

  /** Reads these files again. */
  async reread(
    uris: Iterable<string>,
    session: IndexSession,
    options: IndexOptions,
  ): Promise<IndexState> {
    await this.#ingestAll(uris, session, options);
    return this.#settle(session, options.signal);
  }

  /** What need not be read again at the next start, as long as it looks the same. */
  known(): readonly KnownFile[] {
    const known = [...this.#passedOver.values()];
    for (const { uri, stamp, isMeant, record, repository } of this.#files.files()) {
      const root = this.#rootOf(uri);
      if (!stamp || stamp.mtime < 0 || !root || !this.#discovered.has(uri)) continue;
      known.push({ uri, stamp, isMeant, boundary: repository?.root ?? root.uri, record });
    }
    return known;
  }

  /** The path of a file as people know it: relative to its folder, with its name where several are. */
  displayPath(uri: string): string {
    const root = this.#rootOf(uri);
    const path = root && relativePath(root.uri, uri);
    if (!root || path === undefined) return uri;
    return this.#roots.length > 1 ? `${root.name}/${path}` : path;
  }

  async #open(roots: readonly CatalogRoot[], session: IndexSession): Promise<void> {
    this.#roots = await this.#openRoots(roots, session.options);
    this.#discovered = new Set();
    this.#passedOver = new Map();
    this.#files = new FileTable();
    this.#targetStates = new Map();
    this.#reachedBy = new Map();
  }

  /**
   * Keeps what is known of files that were seen again.
   *
   * @returns URIs of those that have to be read all the same
   */
  async #keep(seen: readonly KnownFile[], before: FileTable): Promise<readonly string[]> {
    const slices = new Slices(this.#clock);
    const toRead: string[] = [];
    const passedOver = seen.filter(({ record }) => !record);
    const changed = new Set(await changedFiles(passedOver, this.#fileSystem));
    for (const file of seen) {
      const { uri, record, boundary } = file;
      const request = await this.#requestOf(uri, { wasWalked: true });
      const indexed = before.get(uri);
      const isSame = request?.boundary === boundary && !changed.has(file);
      if (!isSame || (record && !indexed)) toRead.push(uri);
      else if (indexed) this.#files.set(indexed);
      else this.#passedOver.set(uri, file);
      if (slices.isOver) await slices.pause();
    }
    return toRead;
  }

  async #openRoots(
    roots: readonly CatalogRoot[],
    options: CatalogOptions,
  ): Promise<readonly Root[]> {
    return Promise.all(
      roots.map(async (root, index) => ({
        ...root,
        index,
        selector: new FileSelector({
          root: root.uri,
          repository: (await this.#repositories.find(root.uri))?.root,
          fileSystem: this.#fileSystem,
          options: {
            include: options.include,
            exclude: [...options.exclude, ...options.filesExclude],
          },
        }),
      })),
    );
  }

  /** What discovery finds of a file or folder that was created or changed. */
  async #filesOf(
    uri: string,
    type: FileType | undefined,
    signal?: AbortSignal,
  ): Promise<readonly string[]> {
    const root = this.#rootOf(uri);
    if (type === 'file') return (await root?.selector.selects(uri)) ? [uri] : [];
    if (type !== 'directory') return [];
    const found: string[] = [];
    for (const other of this.#roots) {
      const isInside = other !== root && isWithin(uri, other.uri);
      if (!isInside && (other !== root || !(await other.selector.selectsFolder(uri)))) continue;
      const folder = isInside ? other.uri : uri;
      await other.selector.findFiles([folder], {
        signal,
        clock: this.#clock,
        onFile: file => {
          if (this.#rootOf(file) === other) found.push(file);
        },
      });
    }
    return found;
  }

  async #typeOf(uri: string): Promise<FileType | undefined> {
    try {
      return (await this.#fileSystem.stat(uri))?.type;
    } catch {
      return undefined;
    }
  }

  /** Forgets what was at some places and below them; a file that is one still is kept. */
  async #removeBelow(
    places: ReadonlyMap<string, FileType | undefined>,
  ): Promise<readonly string[]> {
    const isKnown = (uri: string): boolean => this.#discovered.has(uri) || this.#files.has(uri);
    const gone = [...places.keys()].filter(uri => places.get(uri) !== 'file' && isKnown(uri));
    // Below what was a file there is nothing.
    if (![...places.keys()].every(isKnown)) {
      const slices = new Slices(this.#clock);
      for (const uri of new Set([...this.#discovered, ...this.#files.uris()])) {
        if (!places.has(uri) && hasInWay(places, uri)) gone.push(uri);
        await slices.pause();
      }
    }
    for (const uri of gone) {
      this.#discovered.delete(uri);
      this.#passedOver.delete(uri);
      this.#files.delete(uri);
    }
    return gone;
  }

  /** @returns whether there were any to forget */
  #forgetTargetStates(places: ReadonlyMap<string, unknown>): boolean {
    const known = this.#targetStates.size;
    for (const uri of places.keys()) {
      for (const folder of wayTo(uri)) this.#targetStates.delete(folder);
    }
    for (const target of this.#targetStates.keys()) {
      if (hasInWay(places, target)) this.#targetStates.delete(target);
    }
    return this.#targetStates.size < known;
  }

  /** The state after files changed that lead nowhere and hide nothing: all others are as they were. */
  #localState(before: ReadonlyMap<string, IndexedFile | undefined>): IndexState | undefined {
    if (!this.#state) return undefined;
    for (const uri of before.keys()) {
      const file = this.#files.get(uri);
      if (file && this.#state.files.has(uri)) this.#state.files.set(uri, file);
    }
    return { ...this.#state, before };
  }

  /** Where folders of the workspace lie in each other, the innermost has the say. */
  #rootOf(uri: string): Root | undefined {
    let innermost: Root | undefined;
    for (const root of this.#roots) {
      if (!isWithin(root.uri, uri)) continue;
      if (!innermost || root.uri.length > innermost.uri.length) innermost = root;
    }
    return innermost;
  }

  /** Reads what Locations lead to until nothing new turns up, and puts the whole in order. */
  async #settle(session: IndexSession, signal: AbortSignal | undefined): Promise<IndexState> {
    // Each file is read at most once as meant and once as not, so that Locations and Templates that
    // take turns in hiding each other come to an end too.
    const tried = new Map<string, boolean>();
    const slices = new Slices(this.#clock);
    for (;;) {
      const files = await this.#files.active(slices);
      const targetStates = new Map<string, TargetState>();
      const { reachedBy, unread } = await reachOf(files.values(), {
        discovered: this.#discovered,
        stateOf: async uri => {
          const known = targetStates.get(uri) ?? this.#targetStates.get(uri);
          const state = known ?? (await this.#readTargetState(uri));
          targetStates.set(uri, state);
          return state;
        },
      });
      // Without those that no Location leads to any more.
      this.#targetStates = targetStates;
      this.#reachedBy = reachedBy;
      const unreached = [...this.#files.uris()].filter(
        uri => !this.#discovered.has(uri) && !reachedBy.has(uri),
      );
      for (const uri of unreached) this.#files.delete(uri);
      // What such a file led to, or hid, is to be looked at again.
      if (unreached.length) continue;
      const stale = this.#filesToReadAnew(tried);
      if (!stale.size) {
        const origins = originsOf(files.keys(), reachedBy);
        return (this.#state = { files, origins, unreadTargets: unread });
      }
      await this.#ingestAll(stale, session, { signal });
    }
  }

  /** Files that give something else now that Locations started or ceased to lead to them. */
  #filesToReadAnew(tried: Map<string, boolean>): ReadonlySet<string> {
    const stale = new Set<string>();
    const add = (uri: string, isMeant: boolean): void => {
      if (tried.get(uri) === isMeant) return;
      tried.set(uri, isMeant);
      stale.add(uri);
    };
    for (const uri of this.#reachedBy.keys()) {
      const file = this.#files.get(uri);
      if (!file || (!file.isMeant && file.record.passedOver)) add(uri, true);
    }
    for (const { uri, isMeant } of this.#files.files()) {
      if (isMeant && !this.#isMeant(uri)) add(uri, false);
    }
    return stale;
  }

  /** Whether a file is meant to hold descriptors: by its name, or because a Location says so. */
  #isMeant(uri: string): boolean {
    // Such names are spelled the same in a URI.
    return isDescriptorName(uri.slice(uri.lastIndexOf('/') + 1)) || this.#reachedBy.has(uri);
  }

  async #readTargetState(uri: string): Promise<TargetState> {
    const root = this.#rootOf(uri);
    if (!root) return 'outside';
    const type = await this.#typeOf(uri);
    if (type === undefined) return 'missing';
    if (type !== 'file') return 'folder';
    try {
      const [real, realRoot] = await Promise.all([
        this.#fileSystem.realPath(uri),
        this.#fileSystem.realPath(root.uri),
      ]);
      return isWithin(realRoot, real) ? 'file' : 'outside';
    } catch {
      return 'missing';
    }
  }

  /** Reads one of its files again, with long texts. */
  async readRecord(uri: string, session: IndexSession): Promise<FileRecord | undefined> {
    const file = await this.#requestOf(uri, { wasWalked: false });
    if (!file) return undefined;
    const reader = await session.reader();
    return (await reader.readFile(file, this.#clock.now()))?.record;
  }

  async #ingestAll(
    uris: Iterable<string>,
    session: IndexSession,
    options: IndexOptions,
  ): Promise<void> {
    const run = this.#startRun(session, options);
    for (const uri of uris) run.add(uri);
    await run.finish();
  }

  /** @param walk - the walk that finds the files, if they are found so */
  #startRun(
    session: IndexSession,
    { signal, onProgress }: IndexOptions,
    walk?: { readonly isRunning: boolean },
  ): IngestRun {
    let done = 0;
    const run: IngestRun = new IngestRun({
      session,
      workers: this.#workers,
      clock: this.#clock,
      logger: this.#logger,
      signal,
      requestOf: uri => this.#requestOf(uri, { wasWalked: walk !== undefined }),
      onReading: (request, reading) => {
        this.#take(request, reading);
        onProgress?.({ done: ++done, total: walk?.isRunning ? undefined : run.total });
      },
    });
    return run;
  }

  /** How a file is to be read; undefined where it lies in no folder of the workspace. */
  async #requestOf(
    uri: string,
    { wasWalked }: { wasWalked: boolean },
  ): Promise<FileRequest | undefined> {
    const root = this.#rootOf(uri);
    if (!root) return undefined;
    const repository = await this.#repositories.find(
      dirnameUri(uri),
      wasWalked ? root.uri : undefined,
    );
    return { uri, isMeant: this.#isMeant(uri), boundary: repository?.root ?? root.uri };
  }

  #take({ uri, isMeant, boundary }: FileRequest, reading: FileReading | undefined): void {
    const root = this.#rootOf(uri);
    const path = root && relativePath(root.uri, uri);
    const record = reading?.record;
    this.#passedOver.delete(uri);
    if (!root || path === undefined || !record || isNothing(record, isMeant)) {
      this.#files.delete(uri);
      if (!reading) return;
      const { stamp } = reading;
      this.#passedOver.set(uri, { uri, stamp, isMeant, boundary, record: undefined });
      return;
    }
    this.#files.set({
      uri,
      order: { group: root.index, path },
      repository: this.#repositories.at(boundary),
      record,
      isMeant,
      stamp: reading.stamp,
    });
  }
}

/** Whether to all other files it makes no difference which of the two a file is. */
function isAlike(before: IndexedFile | undefined, after: IndexedFile | undefined): boolean {
  if (!before || !after) return before === after;
  return (
    before.isMeant === after.isMeant &&
    before.repository === after.repository &&
    [before, after].every(
      ({ record }) => !record.locationTargets.length && !record.skeletonFolders.length,
    )
  );
}

/** Whether a file that was looked into has nothing to do with the catalog. */
function isNothing({ documents, problems }: FileRecord, isMeant: boolean): boolean {
  return !isMeant && documents === 0 && problems.length === 0;
}
