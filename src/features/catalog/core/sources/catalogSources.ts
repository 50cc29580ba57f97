import { type Disposable, errorMessage, type Logger, toDisposable } from '../../../../base';
import type { Problem } from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import type { Clock, FileChange } from '../../../../platform/core/ports';
import type { EntityGraph } from '../graph/entityGraph';
import { createProblem } from '../problems/problemSeverities';
import type { FileRecord } from '../records';
import type { LocationTarget } from '../locations';
import {
  emptyIndexState,
  type IndexOptions,
  type IndexSession,
  type IndexState,
  isSameReading,
} from '../workspace/catalogIndex';
import type { IndexedFile } from '../workspace/files/indexedFile';
import type { FileLookup } from '../workspace/files/orderedFiles';
import type { UnreadTarget } from '../workspace/locations/locationReach';
import { AllowedFiles } from './allowedKinds';
import type { CatalogSource, CatalogSourcesDeps, FindWantedRefs } from './catalogSource';
import { findWantedRefs } from './wantedRefs';

/** Joins files of several indexes, whose URIs are distinct and whose conflict order is that of the indexes. */
function joinFiles(parts: readonly FileLookup[]): FileLookup {
  return {
    get size() {
      return parts.reduce((sum, { size }) => sum + size, 0);
    },
    get: uri => parts.find(part => part.has(uri))?.get(uri),
    has: uri => parts.some(part => part.has(uri)),
    *keys() {
      for (const part of parts) yield* part.keys();
    },
    *values() {
      for (const part of parts) yield* part.values();
    },
  };
}

interface ConnectedSource {
  readonly source: CatalogSource;
  /** Position in conflict order: after all workspace folders, before plugins. */
  readonly group: number;
  readonly allowed: AllowedFiles;
  readonly subscription: Disposable;
  state: IndexState;
  /** Changes since it was read; undefined: none; `all`: anything. */
  stale: FileChange[] | 'all' | undefined;
  isDisposed: boolean;
  /** Problem of the last read, if it failed. */
  failure: Problem | undefined;
}

/** Above the number of workspace folders. */
const FIRST_GROUP = 2 ** 40;

/** Sources besides the workspace, joined with the workspace's state. Callers must run one read at a time. */
export class CatalogSources implements Disposable {
  readonly #logger: Logger;
  readonly #onStale: () => void;
  #sources: readonly ConnectedSource[] = [];
  #nextGroup = FIRST_GROUP;
  #session: IndexSession | undefined;
  #primary: IndexState = emptyIndexState;
  readonly #parts = {
    origins: new Joined(joinMaps),
    reachedBy: new Joined(joinMaps),
    unreadTargets: new Joined(joinLists<UnreadTarget>),
  };

  constructor(deps: CatalogSourcesDeps) {
    this.#logger = deps.logger;
    this.#onStale = deps.onStale;
  }

  /** Adds a new source. */
  add(source: CatalogSource): Disposable {
    const connected: ConnectedSource = {
      source,
      group: this.#nextGroup++,
      allowed: new AllowedFiles(source),
      subscription: source.onDidChange(changes => {
        const { stale = [] } = connected;
        connected.stale = changes && stale !== 'all' ? [...stale, ...changes] : 'all';
        this.#onStale();
      }),
      state: emptyIndexState,
      stale: 'all',
      isDisposed: false,
      failure: undefined,
    };
    this.#sources = [...this.#sources, connected];
    this.#onStale();
    return toDisposable(() => {
      connected.subscription.dispose();
      connected.isDisposed = true;
      this.#onStale();
    });
  }

  get isStale(): boolean {
    return this.#sources.some(({ stale, isDisposed }) => stale !== undefined || isDisposed);
  }

  /** Returns the joined state with a new state of the workspace. */
  withPrimary(primary: IndexState): IndexState {
    this.#primary = primary;
    return this.#sources.length ? this.#join(primary.before, primary.commit) : primary;
  }

  /**
   * Reads one changed source; after a change of settings, all of them, one per call.
   *
   * @returns the joined state; undefined if no source must be read
   */
  async readNext(session: IndexSession, options: IndexOptions): Promise<IndexState | undefined> {
    if (!isSameReading(session, this.#session)) {
      this.#session = session;
      for (const connected of this.#sources) connected.stale = 'all';
    }
    const next = this.#sources.find(({ stale, isDisposed }) => isDisposed || stale !== undefined);
    if (!next) return undefined;
    if (next.isDisposed) {
      this.#sources = this.#sources.filter(other => other !== next);
      return this.#join(differences(next.state, emptyIndexState));
    }
    const before = next.state;
    const changes = next.stale;
    next.stale = undefined;
    try {
      const state = await readSource(next, changes, session, options);
      next.state = { ...state, files: next.allowed.of(state.files) };
      next.failure = undefined;
      const changed = state.before && allowedBefore(state.before, next.allowed);
      return this.#join(changed ?? differences(before, next.state), state.commit);
    } catch (error) {
      if (options.signal?.aborted) {
        next.stale = 'all';
        throw error;
      }
      this.#logger.error(`The source ${next.source.name} could not be read`, error);
      const { name } = next.source;
      next.failure = createProblem(
        'source-not-read',
        `The source ${name} could not be updated, and is shown as it was: ${errorMessage(error)}. Refresh it, or clear its cache`,
        { cause: { subject: name } },
      );
      return this.#join(new Map());
    }
  }

  /** Returns problems of sources whose last read failed. They are in no file. */
  problems(): readonly Problem[] {
    return this.#sources.flatMap(({ failure }) => failure ?? []);
  }

  displayPath(uri: string): string | undefined {
    return this.#of(uri)?.source.displayPath(uri);
  }

  /** Whether a file belongs to a source. */
  has(uri: string): boolean {
    return this.#of(uri) !== undefined;
  }

  reportsProblems(uri: string): boolean {
    return this.#of(uri)?.source.reportsProblems ?? true;
  }

  isPartial(uri: string): boolean {
    return this.#of(uri)?.source.isPartial ?? false;
  }

  /** Notifies sources that the catalog changed and may need other entities. */
  notifyChanged(graph: EntityGraph, clock: Clock): void {
    const find: FindWantedRefs = signal =>
      findWantedRefs({ graph, sources: this, slices: new TimeSlicer(clock) }, signal);
    for (const { source, isDisposed } of this.#sources) {
      if (!isDisposed) source.onCatalogChange?.(find);
    }
  }

  async readRecord(uri: string, session: IndexSession): Promise<FileRecord | undefined> {
    return this.#of(uri)?.source.readRecord?.(uri, session);
  }

  dispose(): void {
    for (const { subscription } of this.#sources) subscription.dispose();
    this.#sources = [];
  }

  #of(uri: string): ConnectedSource | undefined {
    return this.#sources.find(({ state }) => state.files.has(uri));
  }

  /**
   * Joins all states.
   *
   * @param before - see `IndexState`, like `commit`
   */
  #join(before: IndexState['before'], commit?: IndexState['commit']): IndexState {
    const states = [this.#primary, ...this.#sources.map(({ state }) => state)];
    const parts = this.#parts;
    // A copy, because readers use this state while the sources change.
    const connected = this.#sources.map(({ source, state }) => ({
      source,
      state,
      isPartial: source.isPartial ?? false,
    }));
    const of = (uri: string): (typeof connected)[number] | undefined =>
      connected.find(({ state }) => state.files.has(uri));
    const joined = {
      commit,
      sourceFiles: {
        isPartial: (uri: string) => of(uri)?.isPartial ?? false,
        locationOf: (uri: string) => of(uri)?.source.locationOf?.(uri),
      },
      files: joinFiles(states.map(({ files }) => files)),
      origins: parts.origins.of(states.map(({ origins }) => origins)),
      reachedBy: parts.reachedBy.of(states.map(({ reachedBy }) => reachedBy)),
      unreadTargets: parts.unreadTargets.of(states.map(({ unreadTargets }) => unreadTargets)),
      leadsTo: (target: LocationTarget, file: string): boolean =>
        states.some(state => state.files.has(file) && state.leadsTo(target, file)),
    };
    return before ? { ...joined, before } : joined;
  }
}

/** Joins parts with a cache: unchanged parts give the same object, which shows that nothing changed. */
class Joined<T extends object> {
  readonly #join: (parts: readonly T[]) => T;
  #parts: readonly T[] = [];
  #whole: T | undefined;

  constructor(join: (parts: readonly T[]) => T) {
    this.#join = join;
  }

  of(parts: readonly T[]): T {
    const isSame =
      parts.length === this.#parts.length && parts.every((part, at) => part === this.#parts[at]);
    if (!this.#whole || !isSame) this.#whole = this.#join(parts);
    this.#parts = parts;
    return this.#whole;
  }
}

function joinMaps(maps: readonly ReadonlyMap<string, string>[]): ReadonlyMap<string, string> {
  return new Map(maps.flatMap(map => [...map]));
}

function joinLists<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return lists.flatMap(list => list);
}

async function readSource(
  { source, group }: ConnectedSource,
  changes: ConnectedSource['stale'],
  session: IndexSession,
  options: IndexOptions,
): Promise<IndexState> {
  const changed =
    changes === 'all' ? undefined : await source.applyChanges?.(changes ?? [], session, options);
  return changed ?? source.read(session, { ...options, group });
}

/** Returns the files that differ, in their first state. */
function differences(before: IndexState, after: IndexState): NonNullable<IndexState['before']> {
  const changed = new Map<string, IndexedFile | undefined>();
  for (const file of before.files.values()) {
    if (after.files.get(file.uri) !== file) changed.set(file.uri, file);
  }
  for (const { uri } of after.files.values())
    if (!before.files.has(uri)) changed.set(uri, undefined);
  return changed;
}

function allowedBefore(
  before: NonNullable<IndexState['before']>,
  allowed: AllowedFiles,
): NonNullable<IndexState['before']> {
  return new Map([...before].map(([uri, file]) => [uri, file && allowed.file(file)]));
}
