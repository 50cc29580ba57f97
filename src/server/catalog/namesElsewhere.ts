import type { FindEntitiesOptions, SourceEntities, SourceEntityQuery } from '../../api';
import { errorMessage, isAbort, isRecent, type Logger } from '../../base';
import type {
  EntitiesElsewhere,
  EntityElsewhere,
  FoundElsewhere,
} from '../../features/authoring/language';
import type { Clock } from '../../platform/core/ports';

/** Asks all who may have it, and tells what each of them has as it comes. @returns once all have answered */
export type FindInSources = (
  query: SourceEntityQuery,
  options: Pick<FindEntitiesOptions, 'signal' | 'onAnswer'>,
) => Promise<void>;

export interface NamesElsewhereDeps {
  readonly ask: FindInSources;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Query = Omit<SourceEntityQuery, 'limit'>;

/** Milliseconds for which somebody who types waits for others. */
const PATIENCE = 300;
/** Milliseconds for which, after those who were quick the last time, others are waited for. */
const GRACE = 20;
/** Milliseconds for which what they have said is good, and for which all are left alone once all have failed. */
const MEMORY = 60_000;
/** From each, at a time. */
const ASKED = 100;
/** Of kinds and namespaces; those that were asked about longest ago go first. */
const MOST_SCOPES = 20;

/** What is known of some kinds in some namespace. */
interface Scope {
  readonly names: Map<string, { readonly found: EntityElsewhere; readonly at: number }>;
  /** What was asked for, and whether that is all there is. */
  asked: readonly { readonly text: string; readonly isComplete: boolean; readonly at: number }[];
}

/**
 * Asks others for entities by their names while somebody types: one question at a time, which the next one takes the place of
 * unless it may be answered by it. Nobody waits for longer than a moment, nor for who was late the last time; what comes later is
 * kept for the next question.
 */
export class NamesElsewhere implements EntitiesElsewhere {
  readonly #deps: NamesElsewhereDeps;
  readonly #scopes = new Map<string, Scope>();
  /** By id, whether those who have answered so far were in time the last time. */
  readonly #wasQuick = new Map<string, boolean>();
  #wasLate = false;
  #asking: Asking | undefined;
  #failedAt = -Infinity;

  constructor(deps: NamesElsewhereDeps) {
    this.#deps = deps;
  }

  async find(query: Query, signal: AbortSignal): Promise<FoundElsewhere> {
    signal.throwIfAborted();
    const scope = this.#scopeOf(query);
    const text = query.text.toLowerCase();
    const over = new AbortController();
    const late = this.#deps.clock.delay(PATIENCE, AbortSignal.any([signal, over.signal])).then(
      () => 'late',
      () => 'over',
    );
    try {
      while (!this.#isAsked(scope, text) && !this.#isResting()) {
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
        // What was asked for before may not have told all of what is wanted now.
        if (ended === 'late' || !asking.isDone || asking.hasEnded || asking.text === text) break;
      }
    } finally {
      over.abort();
    }
    return this.#known(scope, text);
  }

  /** What is asked already, where it may tell; else another question. */
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
      // That there is nobody to be asked is told at once, and may be another thing soon.
      if (!answers.length) return;
      scope.asked = [...scope.asked, { text, isComplete, at }];
      if (answers.every(({ failure }) => failure !== undefined)) this.#rest();
    } catch (error) {
      if (signal.aborted) return;
      if (!isAbort(error)) logger.info(`Names were not asked for: ${errorMessage(error)}`);
      asking.noteFailure();
      this.#rest();
    } finally {
      asking.noteDone();
    }
  }

  /** Whoever else answers at about the same time makes it all there is. */
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

  #isAsked(scope: Scope, text: string): boolean {
    return scope.asked.some(asked => asked.text === text) || this.#isAllKnown(scope, text);
  }

  #isAllKnown({ asked }: Scope, text: string): boolean {
    return asked.some(other => other.isComplete && text.startsWith(other.text));
  }

  #known(scope: Scope, text: string): FoundElsewhere {
    const words = text.split(/\s+/).filter(Boolean);
    const fits = ({ entity: { name, title = '' } }: EntityElsewhere): boolean => {
      const names = [name.toLowerCase(), title.toLowerCase()];
      return words.every(word => names.some(each => each.includes(word)));
    };
    const entities = [...scope.names.values()].map(({ found }) => found).filter(fits);
    return { entities, isComplete: this.#isAllKnown(scope, text) || this.#isResting() };
  }

  /** Without what was said too long ago. */
  #scopeOf({ kinds, namespace }: Query): Scope {
    const key = JSON.stringify([kinds?.toSorted(), namespace]);
    const scope: Scope = this.#scopes.get(key) ?? { names: new Map(), asked: [] };
    this.#scopes.delete(key);
    this.#scopes.set(key, scope);
    for (const oldest of this.#scopes.keys()) {
      if (this.#scopes.size <= MOST_SCOPES) break;
      this.#scopes.delete(oldest);
    }
    const now = this.#deps.clock.now();
    scope.asked = scope.asked.filter(({ at }) => isRecent(at, now, MEMORY));
    for (const [ref, { at }] of scope.names)
      if (!isRecent(at, now, MEMORY)) scope.names.delete(ref);
    return scope;
  }
}

/** A question that is under way, or was. */
class Asking {
  readonly scope: Scope;
  readonly text: string;
  /** Resolves once all have answered who are worth a wait, or it is over. */
  readonly whenEnough: Promise<void>;
  /** Resolves once it is over. */
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

  /** @param awaited - who is waited for; none: all */
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

  /** Whether nobody was there to be asked. */
  get hasNobody(): boolean {
    return this.#isDone && !this.hasEnded && !this.#hasFailed && !this.#answered.size;
  }

  get isWaitedFor(): boolean {
    return this.#waiting > 0;
  }

  /** Counts somebody who waits for it, for as long as that takes. */
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

  /** Whether it asks for this, or may tell soon what fits it. */
  isOf(text: string): boolean {
    if (this.hasEnded || this.#isDone) return false;
    return this.text === text || (!this.#isEnough && text.startsWith(this.text));
  }

  noteAnswer(source: string): void {
    this.#answered.add(source);
    const isMissing = (other: string): boolean => !this.#answered.has(other);
    if (this.#awaited.size && ![...this.#awaited].some(isMissing)) this.#setEnough();
  }

  /** It could not even be asked. */
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
