import type { FindEntitiesOptions, SourceEntities, SourceEntityQuery } from '../../api';
import { errorMessage, isAbort, isRecent, type Logger, unlessAborted } from '../../base';
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

/** Milliseconds for which somebody who types waits for sources. */
const PATIENCE = 300;
/** Milliseconds for which names are kept, and for which no source is asked once all have failed. */
const MEMORY = 60_000;
/** From each source, at a time. */
const LIMIT = 100;

/** What is known of some kinds in some namespace. */
interface Scope {
  readonly names: Map<string, { readonly found: EntityElsewhere; readonly at: number }>;
  /** What was asked for, and whether that is all there is. */
  asked: readonly { readonly text: string; readonly isComplete: boolean; readonly at: number }[];
}

/** A question to all sources that has not been answered by all. */
interface Question {
  readonly scope: Scope;
  readonly text: string;
  readonly ending: AbortController;
  /** Resolves when all sources have answered or the question was ended. False if there is no source. */
  readonly answered: Promise<boolean>;
}

/**
 * Asks sources for entities by their names while somebody types: one question at a time. Nobody waits longer than a
 * moment, and nobody at all as long as the last answers were late; what comes later is kept for the next question.
 */
export class NamesElsewhere implements EntitiesElsewhere {
  readonly #deps: NamesElsewhereDeps;
  readonly #scopes = new Map<string, Scope>();
  #question: Question | undefined;
  #wasLate = false;
  #failedAt = -Infinity;

  constructor(deps: NamesElsewhereDeps) {
    this.#deps = deps;
  }

  async find(query: Query, signal: AbortSignal): Promise<FoundElsewhere> {
    signal.throwIfAborted();
    const scope = this.#scopeOf(query);
    const text = query.text.toLowerCase();
    const over = new AbortController();
    const { clock } = this.#deps;
    const late = clock.delay(PATIENCE, AbortSignal.any([signal, over.signal])).then(
      () => 'late' as const,
      () => 'over' as const,
    );
    try {
      while (!this.#isAsked(scope, text) && !this.#isResting()) {
        const mayWait = !this.#wasLate;
        const question = this.#questionFor(query, scope, text);
        if (!mayWait) break;
        const outcome = await Promise.race([question.answered, late]);
        signal.throwIfAborted();
        if (outcome === false) return { entities: [], isComplete: true };
        if (outcome === 'late') this.#wasLate = true;
        // An earlier question may not have brought all that is wanted now.
        if (outcome !== true || question.ending.signal.aborted || question.text === text) break;
      }
    } finally {
      over.abort();
    }
    return this.#known(scope, text);
  }

  /** The running question, where its answers will do; else another one in its place. */
  #questionFor(query: Query, scope: Scope, text: string): Question {
    const current = this.#question;
    if (current?.scope === scope && text.startsWith(current.text)) return current;
    current?.ending.abort();
    const ending = new AbortController();
    const answered = this.#ask(query, scope, text, ending.signal).finally(() => {
      if (this.#question === question) this.#question = undefined;
    });
    const question: Question = { scope, text, ending, answered };
    return (this.#question = question);
  }

  async #ask(query: Query, scope: Scope, text: string, signal: AbortSignal): Promise<boolean> {
    const { ask, clock, logger } = this.#deps;
    const began = clock.now();
    const answers: SourceEntities[] = [];
    const onAnswer = (answer: SourceEntities): void => {
      if (signal.aborted) return;
      const at = clock.now();
      for (const entity of answer.entities) {
        scope.names.set(entity.ref, { found: { entity, source: answer.source.name }, at });
      }
      answers.push(answer);
    };
    try {
      await unlessAborted(ask({ ...query, limit: LIMIT }, { signal, onAnswer }), signal);
    } catch (error) {
      if (signal.aborted) return true;
      if (!isAbort(error)) logger.info(`Names were not asked for: ${errorMessage(error)}`);
      this.#failedAt = clock.now();
      return true;
    }
    const at = clock.now();
    this.#wasLate = at - began >= PATIENCE;
    // Another source may be there soon.
    if (!answers.length) return false;
    const isComplete = answers.every(answer => answer.isComplete || answer.failure !== undefined);
    scope.asked = [...scope.asked, { text, isComplete, at }];
    if (answers.every(({ failure }) => failure !== undefined)) this.#failedAt = at;
    return true;
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
    const now = this.#deps.clock.now();
    for (const [key, scope] of this.#scopes) {
      scope.asked = scope.asked.filter(({ at }) => isRecent(at, now, MEMORY));
      for (const [ref, { at }] of scope.names) {
        if (!isRecent(at, now, MEMORY)) scope.names.delete(ref);
      }
      const isEmpty = !scope.asked.length && !scope.names.size;
      if (isEmpty && this.#question?.scope !== scope) this.#scopes.delete(key);
    }
    const key = JSON.stringify([kinds?.toSorted(), namespace]);
    let scope = this.#scopes.get(key);
    if (!scope) this.#scopes.set(key, (scope = { names: new Map(), asked: [] }));
    return scope;
  }
}
