import type { FindEntitiesOptions, SourceEntities, SourceEntityQuery } from '../../api';
import { errorMessage, isAbort, isRecent, type Logger } from '../../base';
import type {
  RemoteEntities,
  RemoteEntity,
  RemoteEntityList,
} from '../../features/authoring/language';
import type { Clock } from '../../platform/core/ports';

/** Queries all sources and reports each answer as it arrives. @returns once all have answered */
export type FindInSources = (
  query: SourceEntityQuery,
  options: Pick<FindEntitiesOptions, 'signal' | 'onAnswer'>,
) => Promise<void>;

export interface SourceEntityFinderDeps {
  readonly ask: FindInSources;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Query = Omit<SourceEntityQuery, 'limit'>;

/** The maximum time that completion waits for answers, in milliseconds. */
const PATIENCE = 300;
/** The time to wait for other sources once all sources that were fast last time have answered, in milliseconds. */
const GRACE = 20;
/** The time for which answers are valid, and for which no source is queried after all have failed, in milliseconds. */
const MEMORY = 60_000;
/** The maximum number of entities per source and query. */
const ASKED = 100;
/** The maximum number of cached combinations of kinds and namespace; the least recently queried are dropped. */
const MOST_SCOPES = 20;

/** Cached names of some kinds in a namespace. */
interface Scope {
  readonly names: Map<string, { readonly found: RemoteEntity; readonly at: number }>;
  /** Queried texts, and whether their results are complete. */
  queries: readonly { readonly text: string; readonly isComplete: boolean; readonly at: number }[];
}

/**
 * Queries sources for names of entities during typing. One query runs at a time; the next one replaces it, unless the
 * running query may answer it. Completion waits only briefly, and not for sources that were late last time; later
 * results are cached for the next query.
 */
export class SourceEntityFinder implements RemoteEntities {
  readonly #deps: SourceEntityFinderDeps;
  readonly #scopes = new Map<string, Scope>();
  /** Whether a source answered in time last time, by its id. */
  readonly #wasQuick = new Map<string, boolean>();
  #wasLate = false;
  #asking: Asking | undefined;
  #failedAt = -Infinity;

  constructor(deps: SourceEntityFinderDeps) {
    this.#deps = deps;
  }

  async find(query: Query, signal: AbortSignal): Promise<RemoteEntityList> {
    signal.throwIfAborted();
    const scope = this.#scopeOf(query);
    const text = query.text.toLowerCase();
    const over = new AbortController();
    const late = this.#deps.clock.delay(PATIENCE, AbortSignal.any([signal, over.signal])).then(
      () => 'late',
      () => 'over',
    );
    try {
      while (!this.#isAnswered(scope, text) && !this.#isResting()) {
        const isWorthAWait = this.#isWorthAWait();
        const asking = this.#askFor(query, scope, text);
        if (!isWorthAWait) break;
        const ended = await asking.waitedFor(
          Promise.race([this.#enoughOf(asking, over.signal), late]),
        );
        if (signal.aborted && !asking.isWaitedFor) asking.end();
        signal.throwIfAborted();
        if (asking.hasNobody) return { entities: [], isComplete: true };
        if (ended === 'late') this.#noteLate(asking);
        // The result of an earlier query may be incomplete for the current text.
        if (ended === 'late' || !asking.isDone || asking.hasEnded || asking.text === text) break;
      }
    } finally {
      over.abort();
    }
    return this.#known(scope, text);
  }

  /** Returns the running query if it may answer the text, else a new one. */
  #askFor(query: Query, scope: Scope, text: string): Asking {
    const current = this.#asking;
    if (current?.scope === scope && current.isOf(text)) return current;
    current?.end();
    const quick = [...this.#wasQuick].flatMap(([id, isQuick]) => (isQuick ? id : []));
    const asking = new Asking(scope, text, quick);
    this.#asking = asking;
    void this.#ask(query, asking);
    return asking;
  }

  async #ask(query: Query, asking: Asking): Promise<void> {
    const { ask, clock, logger } = this.#deps;
    const { scope, text, signal } = asking;
    const began = clock.now();
    const answers: SourceEntities[] = [];
    const onAnswer = (answer: SourceEntities): void => {
      if (signal.aborted) return;
      const { entities, failure } = answer;
      const { id, name: source } = answer.source;
      const at = clock.now();
      for (const entity of entities) scope.names.set(entity.ref, { found: { entity, source }, at });
      this.#wasQuick.set(id, at - began < PATIENCE && failure === undefined);
      answers.push(answer);
      asking.noteAnswer(id);
    };
    try {
      await ask({ ...query, limit: ASKED }, { signal, onAnswer });
      if (signal.aborted) return;
      const at = clock.now();
      if (at - began < PATIENCE) this.#wasLate = false;
      const isComplete = answers.every(answer => answer.isComplete || answer.failure !== undefined);
      // The query reached no sources, which may change soon.
      if (!answers.length) return;
      scope.queries = [...scope.queries, { text, isComplete, at }];
      if (answers.every(({ failure }) => failure !== undefined)) this.#rest();
    } catch (error) {
      if (signal.aborted) return;
      if (!isAbort(error)) logger.info(`Can't query names: ${errorMessage(error)}`);
      asking.noteFailure();
      this.#rest();
    } finally {
      asking.noteDone();
    }
  }

  /** Waits for enough answers, and shortly for others, which may make the result complete. */
  async #enoughOf(asking: Asking, signal: AbortSignal): Promise<void> {
    await asking.whenEnough;
    if (asking.isDone || asking.hasEnded) return;
    const grace = this.#deps.clock.delay(GRACE, signal).catch(() => undefined);
    await Promise.race([asking.whenDone, grace]);
  }

  #isWorthAWait(): boolean {
    if (!this.#wasQuick.size) return !this.#wasLate;
    return [...this.#wasQuick.values()].includes(true);
  }

  #noteLate(asking: Asking): void {
    this.#wasLate = true;
    for (const id of this.#wasQuick.keys()) {
      if (!asking.hasAnswered(id)) this.#wasQuick.set(id, false);
    }
  }

  #rest(): void {
    this.#failedAt = this.#deps.clock.now();
  }

  #isResting(): boolean {
    return isRecent(this.#failedAt, this.#deps.clock.now(), MEMORY);
  }

  #isAnswered(scope: Scope, text: string): boolean {
    return scope.queries.some(query => query.text === text) || this.#isAllKnown(scope, text);
  }

  #isAllKnown({ queries }: Scope, text: string): boolean {
    return queries.some(other => other.isComplete && text.startsWith(other.text));
  }

  #known(scope: Scope, text: string): RemoteEntityList {
    const words = text.split(/\s+/).filter(Boolean);
    const fits = ({ entity: { name, title = '' } }: RemoteEntity): boolean => {
      const names = [name.toLowerCase(), title.toLowerCase()];
      return words.every(word => names.some(each => each.includes(word)));
    };
    const entities = [...scope.names.values()].map(({ found }) => found).filter(fits);
    return { entities, isComplete: this.#isAllKnown(scope, text) || this.#isResting() };
  }

  /** Returns the cached names, without outdated ones. */
  #scopeOf({ kinds, namespace }: Query): Scope {
    const key = JSON.stringify([kinds?.toSorted(), namespace]);
    const scope: Scope = this.#scopes.get(key) ?? { names: new Map(), queries: [] };
    this.#scopes.delete(key);
    this.#scopes.set(key, scope);
    for (const oldest of this.#scopes.keys()) {
      if (this.#scopes.size <= MOST_SCOPES) break;
      this.#scopes.delete(oldest);
    }
    const now = this.#deps.clock.now();
    scope.queries = scope.queries.filter(({ at }) => isRecent(at, now, MEMORY));
    for (const [ref, { at }] of scope.names)
      if (!isRecent(at, now, MEMORY)) scope.names.delete(ref);
    return scope;
  }
}

/** A query, running or done. */
class Asking {
  readonly scope: Scope;
  readonly text: string;
  /** Resolves once all sources worth waiting for have answered, or the query has ended. */
  readonly whenEnough: Promise<void>;
  /** Resolves once the query has ended. */
  readonly whenDone: Promise<void>;
  readonly #awaited: ReadonlySet<string>;
  readonly #answered = new Set<string>();
  readonly #ending = new AbortController();
  #waiting = 0;
  #isEnough = false;
  #isDone = false;
  #hasFailed = false;
  #resolveEnough = (): void => {};
  #resolveDone = (): void => {};

  /**
   * @param awaited - ids of the sources to wait for; empty for all
   */
  constructor(scope: Scope, text: string, awaited: readonly string[]) {
    this.scope = scope;
    this.text = text;
    this.#awaited = new Set(awaited);
    this.whenEnough = new Promise(resolve => (this.#resolveEnough = resolve));
    this.whenDone = new Promise(resolve => (this.#resolveDone = resolve));
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  get hasEnded(): boolean {
    return this.#ending.signal.aborted;
  }

  /** Whether there was no source to query. */
  get hasNobody(): boolean {
    return this.#isDone && !this.hasEnded && !this.#hasFailed && !this.#answered.size;
  }

  get isWaitedFor(): boolean {
    return this.#waiting > 0;
  }

  /** Counts a caller that waits for the query. */
  async waitedFor<T>(wait: Promise<T>): Promise<T> {
    this.#waiting++;
    try {
      return await wait;
    } finally {
      this.#waiting--;
    }
  }

  hasAnswered(source: string): boolean {
    return this.#answered.has(source);
  }

  /** Whether the query asks for a text or may soon have results for it. */
  isOf(text: string): boolean {
    if (this.hasEnded || this.#isDone) return false;
    return this.text === text || (!this.#isEnough && text.startsWith(this.text));
  }

  noteAnswer(source: string): void {
    this.#answered.add(source);
    const isMissing = (other: string): boolean => !this.#answered.has(other);
    if (this.#awaited.size && ![...this.#awaited].some(isMissing)) this.#setEnough();
  }

  /** Records that the query failed as a whole. */
  noteFailure(): void {
    this.#hasFailed = true;
  }

  noteDone(): void {
    this.#isDone = true;
    this.#resolveDone();
    this.#setEnough();
  }

  end(): void {
    this.#ending.abort();
    this.#resolveDone();
    this.#setEnough();
  }

  #setEnough(): void {
    this.#isEnough = true;
    this.#resolveEnough();
  }
}
