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
import { StandingSource } from './standingSource';

const MINUTE = 60_000;
/** In milliseconds: after the first failure, doubled with each that follows. */
const FIRST_DELAY = MINUTE;
const LONGEST_DELAY = 60 * MINUTE;
/** What does not pass by itself: asking again sooner than usual would be of no use. */
const LASTING: ReadonlySet<SourceFailure> = new Set([
  ...(['unauthorized', 'missing', 'refused', 'invalid'] as const),
]);

/** What a time is made of. Times are milliseconds since the epoch. */
interface ScheduleInput {
  readonly now: number;
  /** Milliseconds between two fetches, or `Infinity`. */
  readonly interval: number;
  /** From 0 to 1. */
  readonly random: number;
}

/** When to fetch, where a copy is as old as that; undefined: there is none. */
function nextFetch(
  fetchedAt: number | undefined,
  { now, interval, random }: ScheduleInput,
): number {
  if (interval === Number.POSITIVE_INFINITY) return interval;
  // One of the future was made before the clock was put back.
  if (fetchedAt === undefined || fetchedAt > now) return now;
  // So that sources which began together do not come back together for ever.
  return fetchedAt + interval * (1 + random / 10);
}

/**
 * When to fetch again after failures, one after the other.
 *
 * @param failures - how many, 1 or more
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
  /** The catalog wants something that the copy does not have. */
  readonly onMiss: () => void;
  /** The first failure after none. */
  readonly onFailure: (info: CatalogSourceInfo) => void;
}

export interface FetchDemand extends Pick<FetchOptions, 'isOnlyMissing'> {
  /** Whether a fetch that has begun does not count, as it asks without what was given meanwhile: a token, a sign-in. */
  readonly isAnew?: boolean;
}

/** Milliseconds: sentences that come faster than people read them are passed over. */
const PROGRESS_INTERVAL = 200;

/** One source, what is known of it, and when it is to be fetched. */
export class SourceState implements Disposable {
  readonly config: SourceConfig;
  /** What the catalog has of it. */
  readonly standing: StandingSource;
  readonly #deps: SourceStateDeps;
  readonly #life = new AbortController();
  #source: RemoteSource | undefined;
  #missed: Disposable | undefined;
  /** Opens and restores it, once. */
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
  /** When it is to be fetched, and when that was looked at last. */
  #due: { readonly at: number; readonly seenAt: number } | undefined;

  constructor(config: SourceConfig, deps: SourceStateDeps) {
    this.config = config;
    this.#deps = deps;
    this.standing = new StandingSource(config, deps.onDidChange);
  }

  get info(): CatalogSourceInfo {
    const { id, name, type, color, allow } = this.config;
    const { entities, notAllowed } = this.standing.counts;
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
      // Whoever knows the user says so.
      account: undefined,
      part: this.backstage?.part,
      failure: this.#failure,
    };
  }

  get source(): RemoteSource | undefined {
    return this.#source;
  }

  /** The source, where it is a running Backstage. */
  get backstage(): RemoteBackstage | undefined {
    return isBackstage(this.#source) ? this.#source : undefined;
  }

  get isFetching(): boolean {
    return this.#fetching !== undefined;
  }

  /** Milliseconds since the epoch at which it is to be fetched; undefined: not before it was opened. */
  dueAt(now: number): number | undefined {
    if (!this.#due) return undefined;
    const { at, seenAt } = this.#due;
    // Where the clock was put back meanwhile, so is the time.
    this.#due = { at: at - Math.max(0, seenAt - now), seenAt: now };
    return this.#due.at;
  }

  /** Takes up the copy of an earlier run. Does not reject. */
  async restore(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      this.#fail(error);
    }
    this.#deps.onDidChange();
  }

  /**
   * Asks the other machine; who comes while that is being done waits for the same, or for all, if only what is missing
   * was asked for. What fails is in the info.
   *
   * @param signal - of who asks: once that is aborted, what this call has begun ends
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

  async forget(): Promise<void> {
    this.#fetching?.controller.abort();
    await this.#fetching?.done;
    const source = await this.#open();
    await source.forget();
    this.#plan(nextFetch(this.#deps.clock.now(), this.#schedule()));
    this.#deps.onDidChange();
  }

  dispose(): void {
    this.#life.abort(new DOMException('The source is gone', 'AbortError'));
    this.standing.dispose();
    this.#missed?.dispose();
    this.#source?.dispose();
  }

  /** Does not reject. */
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
        `${name}: ${changed ? 'fetched' : 'nothing new'}, with ${requests} requests and ${bytes} bytes`,
      );
      this.#failures = 0;
      this.#failure = undefined;
      // All else is as old as it was.
      const { fetchedAt } = source;
      const since = isOnlyMissing ? fetchedAt : this.#deps.clock.now();
      this.#plan(nextFetch(since, this.#schedule()));
    } catch (error) {
      if (this.#life.signal.aborted) return;
      if (signal.aborted || isAbort(error)) {
        // Who took it back does not want it again at once.
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
      // What fails is tried again as a whole, in its time.
      if (!this.#failure) this.#deps.onMiss();
    });
    try {
      await source.restore();
    } catch (error) {
      logger.error(`The copy of ${this.config.name} could not be read`, error);
    }
    this.#life.signal.throwIfAborted();
    this.standing.set(source);
    if (!this.#failure) this.#plan(nextFetch(source.fetchedAt, this.#schedule()));
    return source;
  }

  #fail(error: unknown): void {
    if (this.#life.signal.aborted) return;
    const { clock, logger, onFailure } = this.#deps;
    const known =
      error instanceof SourceError
        ? error
        : new SourceError(
            'local',
            `${this.config.name} could not be fetched: ${errorMessage(error)}`,
          );
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
      // Whoever follows the log, on stderr maybe, knows of it. A log that has all has each try.
      logger.info(message);
      return;
    }
    // Of what is no error of ours, the log has all of it.
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
