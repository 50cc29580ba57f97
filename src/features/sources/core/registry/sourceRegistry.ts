import type { CatalogSourceInfo, CatalogSources } from '../../../../api';
import { type Disposable, Emitter, isAbort, type Logger } from '../../../../base';
import { sourceKeyOf } from '../../../../platform/core/files';
import { queryEach } from '../../../../platform/core/hosts';
import type { Clock, FileSystem } from '../../../../platform/core/ports';
import type { CatalogSource } from '../../../catalog/core';
import { RequestSlots } from '../http/requestSlots';
import type { RemoteSource, SourceConfig } from '../types';
import { type FetchDemand, SourceState } from './sourceState';

export interface SourceRegistryDeps {
  /** Opens a source. An open that throws is retried later. @throws SourceError */
  readonly open: (config: SourceConfig) => Promise<RemoteSource>;
  /** Adds a source to the catalog, in which earlier sources win conflicts. */
  readonly addSource: (source: CatalogSource) => Disposable;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Removes a source from the settings. */
  readonly removeFromSettings: (config: SourceConfig) => Promise<void>;
  /** Whether requests are forbidden, even by commands. */
  readonly isOffline?: () => boolean;
  /** Whether sources are fetched on a schedule; default: true. */
  readonly isScheduled?: boolean;
  /** Random number from 0 to 1; default: `Math.random`. */
  readonly random?: () => number;
}

/** Maximum number of concurrent fetches; one that takes longer than `LONG` frees its slot. */
const AT_ONCE = 4;
const LONG = 30_000;
/**
 * Milliseconds without another query before the request to Backstages. Sources aside wait shorter than it takes to type
 * the next letter.
 */
const PAUSE = 250;
const PAUSE_ASIDE = 80;
/** Maximum milliseconds to wait, because clocks jump and machines sleep. */
const TICK = 15_000;
const SHORTEST_WAIT = 250;

interface Entry extends Disposable {
  readonly state: SourceState;
  registration: Disposable;
}

/** Sources of a window or of a command line: their copies, schedules and results. */
export class SourceRegistry implements CatalogSources, Disposable {
  readonly #deps: SourceRegistryDeps;
  readonly #slots = new RequestSlots({ total: AT_ONCE, perHost: 1 });
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #failed = new Emitter<CatalogSourceInfo>();
  /** Fires when a source fails that didn't before: once, until a fetch succeeds. */
  readonly onFailure = this.#failed.event;
  readonly #life = new AbortController();
  #entries: readonly Entry[] = [];
  /** Entries that are removed once their copies are deleted. */
  readonly #leaving = new Set<Entry>();
  #restored: Promise<void> = Promise.resolve();
  #isRunning = false;
  /** Aborts waiting for the next scheduled fetch. */
  #wake = new AbortController();

  constructor(deps: SourceRegistryDeps) {
    this.#deps = deps;
  }

  /**
   * Sets the sources, in the order of conflicts. Unchanged ones continue; copies of new ones are restored
   * immediately.
   */
  setConfigs(configs: readonly SourceConfig[]): void {
    if (this.#life.signal.aborted) return;
    const before = this.#entries;
    const next = configs.map(config => {
      const known = before.find(({ state }) => isSame(state.config, config));
      return known ?? this.#make(config);
    });
    const first = next.findIndex((entry, at) => entry !== before[at]);
    const kept = first < 0 ? next.length : first;
    // The catalog keeps sources in the order in which they were added.
    for (const [at, entry] of before.entries()) {
      if (!next.includes(entry) && !this.#leaving.has(entry)) entry.dispose();
      else if (at >= kept) entry.registration.dispose();
    }
    for (const entry of next.slice(kept)) {
      entry.registration = this.#deps.addSource(entry.state.placeholder);
    }
    this.#entries = next;
    const made = next.filter(entry => !before.includes(entry));
    this.#restored = Promise.all([
      this.#restored,
      ...made.map(async ({ state }) => {
        await state.restore();
        this.#wake.abort();
      }),
    ]).then(() => {});
    this.#changed.fire();
    void this.#run();
  }

  /** Resolves when the copies of all current sources are restored. */
  async whenRestored(): Promise<void> {
    let waited: Promise<void> | undefined;
    while (waited !== this.#restored) {
      waited = this.#restored;
      await waited;
    }
  }

  getSources(): readonly CatalogSourceInfo[] {
    return this.#entries.map(({ state }) => state.info);
  }

  getSourceOf(file: string): CatalogSourceInfo | undefined {
    const key = sourceKeyOf(file);
    return key === undefined ? undefined : this.#byKey(key)?.info;
  }

  /** Returns the source with an id. */
  getRemoteSource(id: string): RemoteSource | undefined {
    return this.#byId(id)?.state.source;
  }

  /** Returns the files of the source with a key. */
  readonly findFileSystem = (key: string): FileSystem | undefined =>
    this.#byKey(key)?.source?.fileSystem;

  async refresh({
    id,
    signal,
    isAnew = false,
  }: {
    readonly id?: string;
    readonly signal?: AbortSignal;
    /** Whether running fetches don't count, see {@link FetchDemand}. */
    readonly isAnew?: boolean;
  } = {}): Promise<void> {
    signal?.throwIfAborted();
    if (this.#deps.isOffline?.()) {
      this.#deps.logger.info('Sources are not fetched in offline mode');
      return;
    }
    const asked = id === undefined ? this.#entries : this.#entries.filter(isOf(id));
    const fetches = await Promise.allSettled(
      asked.map(({ state }) => this.#fetch(state, signal, { isAnew })),
    );
    signal?.throwIfAborted();
    const failed = fetches.find(({ status }) => status === 'rejected');
    // A source that was removed meanwhile is not a failure.
    if (failed?.status === 'rejected' && !isAbort(failed.reason)) throw failed.reason;
  }

  async fetchEntity(ref: string, { signal }: { readonly signal: AbortSignal }): Promise<boolean> {
    if (this.#deps.isOffline?.()) return false;
    await this.whenRestored();
    const both = AbortSignal.any([signal, this.#life.signal]);
    const answers = await Promise.allSettled(
      this.#entries.map(async ({ state }) => state.backstage?.fetchEntity(ref, both) ?? false),
    );
    both.throwIfAborted();
    if (answers.some(answer => answer.status === 'fulfilled' && answer.value)) return true;
    const failed = answers.find(answer => answer.status === 'rejected');
    if (failed) throw failed.reason;
    return false;
  }

  findEntities: CatalogSources['findEntities'] = async (query, options) => {
    const { signal, isAside = false, onAnswer } = options;
    signal.throwIfAborted();
    const { clock, logger, isOffline } = this.#deps;
    if (isOffline?.()) return;
    await this.whenRestored();
    const asked = this.#entries.flatMap(({ state }) => {
      const { backstage, info } = state;
      if (!backstage?.part || (isAside && info.failure)) return [];
      return [{ id: info.id, title: info.name, state, backstage }];
    });
    if (!asked.length) return;
    const both = AbortSignal.any([signal, this.#life.signal]);
    await clock.delay(isAside ? PAUSE_ASIDE : PAUSE, both);
    await queryEach(asked, ({ backstage }, ending) => backstage.findEntities(query, ending), {
      clock,
      logger,
      signal: both,
      onAnswer: ({ state: { info } }, answer) => {
        const { entities = [], isComplete = true } = (answer.ok && answer.value) || {};
        const found = { source: info, entities, isComplete: answer.ok && isComplete };
        onAnswer(answer.ok ? found : { ...found, failure: answer.error });
      },
    });
  };

  async remove(id: string): Promise<void> {
    const entry = this.#byId(id);
    if (!entry) return;
    this.#leaving.add(entry);
    try {
      // First, so that nothing is lost if the settings can't be written.
      await this.#deps.removeFromSettings(entry.state.config);
      await this.#forgetFor(entry);
    } finally {
      this.#leaving.delete(entry);
      // The settings may have been read again before the copy was deleted.
      if (!this.#entries.includes(entry)) entry.dispose();
    }
    this.setConfigs(
      this.#entries.filter(other => other !== entry).map(({ state }) => state.config),
    );
  }

  /** Deletes the copy of a source; a source that can't be opened can still be removed. */
  async #forgetFor({ state }: Entry): Promise<void> {
    try {
      await state.forget();
    } catch (error) {
      this.#deps.logger.error(`Can't delete the cached copy of ${state.config.name}`, error);
    }
  }

  /** Cancels the running fetch of a source; the next one is due after the usual interval. */
  cancelFetch(id: string): void {
    this.#byId(id)?.state.cancelFetch();
  }

  async forget(id: string): Promise<void> {
    await this.#byId(id)?.state.forget();
  }

  dispose(): void {
    this.#life.abort();
    this.#wake.abort();
    for (const entry of [...this.#entries, ...this.#leaving]) entry.dispose();
    this.#entries = [];
    this.#changed.dispose();
    this.#failed.dispose();
  }

  #make(config: SourceConfig): Entry {
    const { open, clock, logger, random = Math.random } = this.#deps;
    const state = new SourceState(config, {
      open,
      clock,
      logger,
      random,
      onDidChange: () => this.#changed.fire(),
      onMiss: () => this.#fetchMissing(state),
      onFailure: info => this.#failed.fire(info),
    });
    const entry: Entry = {
      state,
      registration: { dispose() {} },
      dispose() {
        entry.registration.dispose();
        state.dispose();
      },
    };
    return entry;
  }

  /** @throws AbortError */
  async #fetch(
    state: SourceState,
    signal: AbortSignal | undefined,
    options: FetchDemand = {},
  ): Promise<void> {
    if (state.isFetching) {
      await state.fetch(signal, options);
      // The caller that started the fetch continues, unless its fetch was aborted for this one.
      if (!options.isAnew) return;
    } else await this.#fetchInTurn(state, signal, options);
    this.#wake.abort();
    this.#lookForMissed(state);
  }

  async #fetchInTurn(
    state: SourceState,
    signal: AbortSignal | undefined,
    options: FetchDemand,
  ): Promise<void> {
    const both = signal ? AbortSignal.any([signal, this.#life.signal]) : this.#life.signal;
    let fetching: Promise<void> | undefined;
    await this.#slots.run(state.config.key, both, async () => {
      fetching = state.fetch(signal, options);
      const over = new AbortController();
      const long = this.#deps.clock.delay(LONG, AbortSignal.any([over.signal, this.#life.signal]));
      // A slow fetch frees its slot; its result is awaited below.
      await Promise.race([fetching, long]).catch(() => {});
      over.abort();
      long.catch(() => {});
    });
    await fetching;
  }

  /** Fetches sources when they are due, until there are none. */
  async #run(): Promise<void> {
    if (this.#isRunning || this.#deps.isScheduled === false) return;
    this.#isRunning = true;
    while (this.#entries.length > 0 && !this.#life.signal.aborted) {
      this.#wake = new AbortController();
      const wait = this.#fetchDue();
      try {
        await this.#deps.clock.delay(wait, this.#wake.signal);
      } catch {
        // Woken, because something has changed.
      }
    }
    this.#isRunning = false;
  }

  /** @returns milliseconds until the next check */
  #fetchDue(): number {
    const now = this.#deps.clock.now();
    let wait = TICK;
    if (this.#deps.isOffline?.()) return wait;
    for (const { state } of this.#entries) {
      const due = state.isFetching || this.#queued.has(state) ? undefined : state.dueAt(now);
      if (due === undefined) continue;
      if (due > now) wait = Math.min(wait, due - now);
      else void this.#fetchQuietly(state);
    }
    return Math.max(wait, SHORTEST_WAIT);
  }

  readonly #queued = new Set<SourceState>();
  /** Sources found to have missing entities while they were fetched. */
  readonly #missed = new Set<SourceState>();

  /** Fetches entities that the catalog needs and the copy lacks, if scheduled fetches are allowed. */
  #fetchMissing(state: SourceState): void {
    const { isOffline, isScheduled = true } = this.#deps;
    if (!isScheduled || isOffline?.()) return;
    if (state.config.interval === Number.POSITIVE_INFINITY) return;
    if (state.isFetching || this.#queued.has(state)) {
      // The running fetch may have started before the entities were needed.
      this.#missed.add(state);
      return;
    }
    void this.#fetchQuietly(state, { isOnlyMissing: true });
  }

  #lookForMissed(state: SourceState): void {
    if (this.#missed.delete(state) && !this.#life.signal.aborted) this.#fetchMissing(state);
  }

  async #fetchQuietly(state: SourceState, options?: FetchDemand): Promise<void> {
    this.#queued.add(state);
    try {
      await this.#fetch(state, undefined, options);
    } catch {
      // The source was removed meanwhile.
    } finally {
      this.#queued.delete(state);
      this.#lookForMissed(state);
    }
  }

  #byId(id: string): Entry | undefined {
    return this.#entries.find(isOf(id));
  }

  #byKey(key: string): SourceState | undefined {
    return this.#entries.find(({ state }) => state.config.key === key)?.state;
  }
}

function isOf(id: string): (entry: Entry) => boolean {
  return ({ state }) => state.config.id === id;
}

/** Compares configs. JSON can't represent an `Infinity` interval, so intervals are compared separately. */
function isSame(one: SourceConfig, other: SourceConfig): boolean {
  return one.interval === other.interval && JSON.stringify(one) === JSON.stringify(other);
}
