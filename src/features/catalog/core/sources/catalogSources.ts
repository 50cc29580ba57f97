import { type Disposable, errorMessage, type Logger, toDisposable } from '../../../../base';
import type { Problem } from '../../../../model';
import { Slices } from '../../../../platform/core';
import type { Clock, FileChange } from '../../../../platform/core/ports';
import type { EntityGraph } from '../graph/entityGraph';
import { createProblem } from '../problems/problemSeverities';
import type { FileRecord } from '../records';
import type { LocationTarget } from '../targets';
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

/** Files of several indexes, none of which has one of another's; the order of conflicts is that of the indexes. */
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
  /** In the order of conflicts: after all folders of the workspace, before what plugins provide. */
  readonly group: number;
  readonly allowed: AllowedFiles;
  readonly subscription: Disposable;
  state: IndexState;
  /** What has changed since it was read; undefined: nothing has; `all`: anything may have. */
  stale: FileChange[] | 'all' | undefined;
  isDisposed: boolean;
  /** Says why the last reading failed. */
  failure: Problem | undefined;
}

/** More than a workspace has folders. */
const FIRST_GROUP = 2 ** 40;

/** The sources besides the workspace, and the state of the whole. One reading at a time; the caller queues them. */
export class CatalogSources implements Disposable {
  readonly #logger: Logger;
  readonly #onStale: () => void;
  #sources: readonly ConnectedSource[] = [];
  /** The source that was removed last, whose entities may still be shown. */
  #removed: readonly ConnectedSource[] = [];
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

  /** Adds one that is not there yet. */
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

  /** The whole, with what the workspace has come to. */
  withPrimary(primary: IndexState): IndexState {
    this.#primary = primary;
    return this.#sources.length ? this.#join(primary.before, primary.commit) : primary;
  }

  /**
   * Reads one source that has changed; all of them, one call after the other, where they were read by other rules.
   *
   * @returns the whole; undefined where no source is to be read any more
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
      this.#removed = [next];
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

  /** Problems of sources whose last reading failed. They are in no file. */
  problems(): readonly Problem[] {
    return this.#sources.flatMap(({ failure }) => failure ?? []);
  }

  displayPath(uri: string): string | undefined {
    return this.#of(uri)?.source.displayPath(uri);
  }

  locationOf(uri: string): string | undefined {
    const source = this.#of(uri)?.source;
    if (source) return source.locationOf?.(uri);
    // A file that is gone is still seen by those who read the catalog before the update that takes it away.
    for (const { source } of [...this.#sources, ...this.#removed]) {
      const location = source.locationOf?.(uri);
      if (location !== undefined) return location;
    }
    return undefined;
  }

  /** Whether a file is a source's, and not the workspace's. */
  has(uri: string): boolean {
    return this.#of(uri) !== undefined;
  }

  isJudged(uri: string): boolean {
    return this.#of(uri)?.source.isJudged ?? true;
  }

  isPartial(uri: string): boolean {
    return this.#of(uri)?.source.isPartial ?? false;
  }

  /** Tells sources that the catalog has become another, and may want something else of them. */
  tell(graph: EntityGraph, clock: Clock): void {
    const find: FindWantedRefs = signal =>
      findWantedRefs({ graph, sources: this, slices: new Slices(clock) }, signal);
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

  /** @param before - see `IndexState`, also for `commit` */
  #join(before: IndexState['before'], commit?: IndexState['commit']): IndexState {
    const states = [this.#primary, ...this.#sources.map(({ state }) => state)];
    const parts = this.#parts;
    const joined = {
      commit,
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

/** What some parts come to: the same as before where they are, by which others tell that nothing has changed. */
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

/** The files that are in one of two states, as they were in the first. */
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
