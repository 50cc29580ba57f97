import type { CatalogSourceFailure, CatalogSourceInfo } from '../../../../api';
import {
  type Disposable,
  errorMessage,
  isAbort,
  type Logger,
  onDemand,
  raceAbort,
} from '../../../../base';
import type { Clock } from '../../../../platform/core/ports';
import {
  type FetchOptions,
  isBackstage,
  type RemoteBackstage,
  type RemoteSource,
  type SourceConfig,
  SourceError,
  type SourceFailure,
} from '../types';
import { SourcePlaceholder } from './sourcePlaceholder';

const MINUTE = 60_000;
/** In milliseconds: after the first failure, doubled for each later one. */
const FIRST_DELAY = MINUTE;
const LONGEST_DELAY = 60 * MINUTE;
/** Permanent failures: retrying sooner than scheduled is useless. */
const LASTING: ReadonlySet<SourceFailure> = new Set([
  ...(['unauthorized', 'missing', 'refused', 'invalid'] as const),
]);

/** Input for the next time to fetch. Times are milliseconds since the epoch. */
interface ScheduleInput {
  readonly now: number;
  /** Milliseconds between two fetches, or `Infinity`. */
  readonly interval: number;
  /** From 0 to 1. */
  readonly random: number;
}

/** Returns when to fetch a source whose copy was fetched at a time; undefined if it has no copy. */
function nextFetch(
  fetchedAt: number | undefined,
  { now, interval, random }: ScheduleInput,
): number {
  if (interval === Number.POSITIVE_INFINITY) return interval;
  // A time in the future is from before the clock was set back.
  if (fetchedAt === undefined || fetchedAt > now) return now;
  // Jitter, so that sources that started together don't always fetch together.
  return fetchedAt + interval * (1 + random / 10);
}

/**
 * Returns when to retry after consecutive failures.
 *
 * @param failures - number of failures, 1 or more
 */
function retryTime(
  { failure, retryAfter = 0 }: Pick<SourceError, 'failure' | 'retryAfter'>,
  failures: number,
  { now, interval, random }: ScheduleInput,
): number {
  if (interval === Number.POSITIVE_INFINITY) return interval;
  const growing = Math.min(FIRST_DELAY * 2 ** Math.min(failures - 1, 20), LONGEST_DELAY);
  const least = LASTING.has(failure) ? Math.max(interval, growing) : growing;
  return now + Math.max(least * (1 + random / 4), retryAfter);
}

export interface SourceStateDeps {
  readonly open: (config: SourceConfig) => Promise<RemoteSource>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly onDidChange: () => void;
  /** Called when the catalog needs something that the copy lacks. */
  readonly onMiss: () => void;
  /** Called for the first failure after a success. */
  readonly onFailure: (info: CatalogSourceInfo) => void;
}

export interface FetchDemand extends Pick<FetchOptions, 'isOnlyMissing'> {
  /** Whether a running fetch doesn't count because it uses old credentials. */
  readonly isAnew?: boolean;
}

/** Minimum milliseconds between progress messages. */
const PROGRESS_INTERVAL = 200;

/** State of one source: its copy, last failure and schedule. */
export class SourceState implements Disposable {
  readonly config: SourceConfig;
  /** The catalog's view of the source. */
  readonly placeholder: SourcePlaceholder;
  readonly #deps: SourceStateDeps;
  readonly #life = new AbortController();
  #source: RemoteSource | undefined;
  #missed: Disposable | undefined;
  /** Opens and restores the source once. */
  readonly #open = onDemand(() => this.#openNow());
  #fetching:
    | {
        readonly controller: AbortController;
        readonly done: Promise<void>;
        readonly isOnlyMissing: boolean;
      }
    | undefined;
  #progress: string | undefined;
  #progressAt = 0;
  #failures = 0;
  #failure: CatalogSourceFailure | undefined;
  /** Time of the next fetch, and time of the last check of it. */
  #due: { readonly at: number; readonly seenAt: number } | undefined;

  constructor(config: SourceConfig, deps: SourceStateDeps) {
    this.config = config;
    this.#deps = deps;
    this.placeholder = new SourcePlaceholder(config, deps.onDidChange);
  }

  get info(): CatalogSourceInfo {
    const { id, name, type, color, allow } = this.config;
    const { entities, notAllowed } = this.placeholder.counts;
    return {
      id,
      name,
      type,
      color,
      allow,
      url: addressOf(this.config),
      isFetching: this.#fetching !== undefined,
      progress: this.#progress,
      fetchedAt: this.#source?.fetchedAt,
      entities,
      notAllowed,
      // Set by the service that knows the user.
      account: undefined,
      part: this.backstage?.part,
      failure: this.#failure,
    };
  }

  get source(): RemoteSource | undefined {
    return this.#source;
  }

  /** The source if it is a running Backstage. */
  get backstage(): RemoteBackstage | undefined {
    return isBackstage(this.#source) ? this.#source : undefined;
  }

  get isFetching(): boolean {
    return this.#fetching !== undefined;
  }

  /** Time of the next fetch in milliseconds since the epoch; undefined until the source is opened. */
  dueAt(now: number): number | undefined {
    if (!this.#due) return undefined;
    const { at, seenAt } = this.#due;
    // If the clock was set back, the time moves back too.
    this.#due = { at: at - Math.max(0, seenAt - now), seenAt: now };
    return this.#due.at;
  }

  /** Restores the copy of an earlier run. Never rejects. */
  async restore(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      this.#fail(error);
    }
    this.#deps.onDidChange();
  }

  /**
   * Fetches the source. Concurrent calls share a fetch, or start a full one if only missing entities were
   * requested. Failures are in the info.
   *
   * @param signal - aborts the fetch that this call has started
   * @throws AbortError
   */
  async fetch(
    signal: AbortSignal | undefined,
    { isOnlyMissing = false, isAnew = false }: FetchDemand = {},
  ): Promise<void> {
    signal?.throwIfAborted();
    this.#life.signal.throwIfAborted();
    if (this.#fetching) {
      if (isAnew) this.#fetching.controller.abort();
      const isLess = isAnew || (this.#fetching.isOnlyMissing && !isOnlyMissing);
      await raceAbort(this.#fetching.done, signal);
      return isLess ? this.fetch(signal) : undefined;
    }
    const controller = new AbortController();
    const signals = [controller.signal, this.#life.signal, ...(signal ? [signal] : [])];
    const both = AbortSignal.any(signals);
    const done = this.#fetch(both, isOnlyMissing).finally(() => {
      this.#fetching = undefined;
      this.#progress = undefined;
      this.#deps.onDidChange();
    });
    this.#fetching = { controller, done, isOnlyMissing };
    this.#deps.onDidChange();
    await raceAbort(done, signal);
    both.throwIfAborted();
  }

  cancelFetch(): void {
    this.#fetching?.controller.abort();
  }

  async forget(): Promise<void> {
    this.#fetching?.controller.abort();
    await this.#fetching?.done;
    const source = await this.#open();
    await source.forget();
    this.#plan(nextFetch(this.#deps.clock.now(), this.#schedule()));
    this.#deps.onDidChange();
  }

  dispose(): void {
    this.#life.abort(new DOMException('The source was removed', 'AbortError'));
    this.placeholder.dispose();
    this.#missed?.dispose();
    this.#source?.dispose();
  }

  /** Never rejects. */
  async #fetch(signal: AbortSignal, isOnlyMissing: boolean): Promise<void> {
    const { logger } = this.#deps;
    const { name } = this.config;
    try {
      const source = await this.#open();
      const { changed, requests, bytes } = await source.fetch({
        signal,
        onProgress: message => this.#tell(message),
        isOnlyMissing,
      });
      logger.debug(
        `${name}: ${changed ? 'fetched' : 'nothing new'}: ${requests} requests, ${bytes} bytes`,
      );
      this.#failures = 0;
      this.#failure = undefined;
      // The rest of the copy is as old as before.
      const { fetchedAt } = source;
      const since = isOnlyMissing ? fetchedAt : this.#deps.clock.now();
      this.#plan(nextFetch(since, this.#schedule()));
    } catch (error) {
      if (this.#life.signal.aborted) return;
      if (signal.aborted || isAbort(error)) {
        // After a cancellation, waits for the usual interval.
        this.#plan(nextFetch(this.#deps.clock.now(), this.#schedule()));
        return;
      }
      this.#fail(error);
    }
  }

  async #openNow(): Promise<RemoteSource> {
    const { open, logger } = this.#deps;
    const source = await open(this.config);
    if (this.#life.signal.aborted) {
      source.dispose();
      this.#life.signal.throwIfAborted();
    }
    this.#source = source;
    this.#missed = this.backstage?.onDidMiss(() => {
      // A failed source is retried as a whole on schedule.
      if (!this.#failure) this.#deps.onMiss();
    });
    try {
      await source.restore();
    } catch (error) {
      logger.error(`Can't read the cached copy of ${this.config.name}`, error);
    }
    this.#life.signal.throwIfAborted();
    this.placeholder.set(source);
    if (!this.#failure) this.#plan(nextFetch(source.fetchedAt, this.#schedule()));
    return source;
  }

  #fail(error: unknown): void {
    if (this.#life.signal.aborted) return;
    const { clock, logger, onFailure } = this.#deps;
    const known =
      error instanceof SourceError
        ? error
        : new SourceError('local', `Can't fetch ${this.config.name}: ${errorMessage(error)}`);
    this.#failures++;
    const now = clock.now();
    const retryAt = retryTime(known, this.#failures, this.#schedule());
    this.#plan(retryAt);
    const isFirst = this.#failure === undefined;
    this.#failure = {
      message: known.message,
      advice: known.advice,
      needsToken: known.failure === 'unauthorized',
      canSignIn: known.canSignIn,
      since: this.#failure?.since ?? now,
      retryAt: Number.isFinite(retryAt) ? retryAt : undefined,
    };
    const message = known === error ? `${this.config.name}: ${known.message}` : known.message;
    if (!isFirst) {
      // The first failure was a warning. Debug logs have each attempt.
      logger.info(message);
      return;
    }
    // Unexpected errors are logged with their stack.
    if (known === error) logger.warn(message);
    else logger.error(message, error);
    onFailure(this.info);
  }

  #schedule(): ScheduleInput {
    const { clock, random } = this.#deps;
    return { now: clock.now(), interval: this.config.interval, random: random() };
  }

  #plan(at: number): void {
    this.#due = { at, seenAt: this.#deps.clock.now() };
  }

  #tell(message: string): void {
    this.#progress = message;
    const now = this.#deps.clock.now();
    if (Math.abs(now - this.#progressAt) < PROGRESS_INTERVAL) return;
    this.#progressAt = now;
    this.#deps.onDidChange();
  }
}

function addressOf(config: SourceConfig): string {
  return 'org' in config ? `https://${config.host}/${config.org}` : config.url;
}
