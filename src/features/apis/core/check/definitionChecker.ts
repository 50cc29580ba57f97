import type { Translate } from '../../../../base';
import { type WorkerPool, WorkerFailure } from '../../../../platform/core/ports';
import type { DefinitionProblem } from '../outline/outline';
import type { DefinitionText } from './isSurelyValid';
import {
  checkDefinitions,
  checkDefinitionsJob,
  type Texts,
  type ProblemsByDefinition,
} from './checkDefinitionsJob';
import type { DefinitionProblemCache } from './definitionProblemCache';

/** The size of a job in code units: a few milliseconds, so that other jobs don't wait long. */
const BATCH = 128_000;

/**
 * The time in milliseconds for which a thread with loaded schemas is kept, since the next check follows soon during
 * typing.
 */
const KEPT = 10_000;

/** The number of failed starts of threads after which checks run on this thread. */
const MOST_FAILURES = 3;

/** The maximum time of a job in milliseconds. Even the largest definitions take a few seconds. */
const TIMEOUT = 30_000;
/** The same after some definitions took too long: a catalog may have many of them. */
const SHORT_TIMEOUT = 5_000;
const MOST_TIMEOUTS = 3;

export interface DefinitionCheckerDeps {
  /** Threads for checking; without them, it runs on this thread in time slices. */
  readonly workers?: WorkerPool | undefined;
  readonly translate: Translate;
  /** The translations of `translate`, for other threads. */
  readonly texts?: Texts;
  readonly cache?: DefinitionProblemCache | undefined;
}

interface Waiting {
  readonly text: DefinitionText;
  readonly signal: AbortSignal | undefined;
  succeed(problems: readonly DefinitionProblem[]): void;
  fail(error: unknown): void;
}

/** Finds the problems of definitions, several at a time, in threads if there are any. */
export class DefinitionChecker {
  readonly #deps: DefinitionCheckerDeps;
  #waiting: Waiting[] = [];
  #size = 0;
  #failures = 0;
  #timeouts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: DefinitionCheckerDeps) {
    this.#deps = deps;
  }

  /** Returns the cached problems of a definition; undefined if there are none. */
  recall(key: string): Promise<readonly DefinitionProblem[] | undefined> {
    return this.#deps.cache?.get(key) ?? Promise.resolve(undefined);
  }

  /**
   * @param key - of the definition in the cache; undefined to bypass it
   * @throws the signal's reason when it is aborted
   */
  async check(
    text: DefinitionText,
    {
      key,
      signal,
    }: { readonly key: string | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<readonly DefinitionProblem[]> {
    const problems = await this.#findProblems(text, signal);
    const isChecked = !problems.some(({ code }) => code === 'definition-not-checked');
    if (key !== undefined && isChecked) this.#deps.cache?.set(key, problems);
    return problems;
  }

  async #findProblems(
    text: DefinitionText,
    signal: AbortSignal | undefined,
  ): Promise<readonly DefinitionProblem[]> {
    if (this.#deps.workers && this.#failures < MOST_FAILURES) return this.#enqueue(text, signal);
    const [problems = []] = await checkDefinitions([text], {
      translate: this.#deps.translate,
      signal,
    });
    return problems;
  }

  #enqueue(
    text: DefinitionText,
    signal: AbortSignal | undefined,
  ): Promise<readonly DefinitionProblem[]> {
    return new Promise((succeed, fail) => {
      this.#waiting.push({ text, signal, succeed, fail });
      this.#size += text.definition.length;
      if (this.#size >= BATCH) this.#send();
      else this.#timer ??= setTimeout(() => this.#send(), 0);
    });
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#size = 0;
    this.#checkBatch(batch).then(
      found => batch.forEach((waiting, index) => waiting.succeed(found[index] ?? [])),
      (error: unknown) => batch.forEach(waiting => waiting.fail(error)),
    );
  }

  async #checkBatch(batch: readonly Waiting[]): Promise<ProblemsByDefinition> {
    const { workers, texts, translate } = this.#deps;
    const definitions = batch.map(({ text }) => text);
    const [first] = batch;
    const signal = batch.every(other => other.signal === first?.signal) ? first?.signal : undefined;
    const timeout = this.#timeouts < MOST_TIMEOUTS ? TIMEOUT : SHORT_TIMEOUT;
    try {
      if (workers) {
        const options = { signal, keepWorker: KEPT, timeout };
        return await workers.run(checkDefinitionsJob, { texts, definitions }, options);
      }
    } catch (error) {
      if (!(error instanceof WorkerFailure)) throw error;
      if (error.reason !== 'unavailable') {
        // One of them hangs or kills threads, and would do so to this one.
        if (batch.length === 1) return [[this.#notChecked(error, timeout)]];
        const found: ProblemsByDefinition[number][] = [];
        for (const one of batch) found.push(...(await this.#checkBatch([one])));
        return found;
      }
      // This thread takes longer, with the same result.
      this.#failures++;
    }
    return checkDefinitions(definitions, { translate, signal });
  }

  #notChecked({ reason }: WorkerFailure, timeout: number): DefinitionProblem {
    const { translate } = this.#deps;
    if (reason === 'timeout') this.#timeouts++;
    const message =
      reason === 'timeout'
        ? translate("The definition couldn't be checked in {0} seconds", timeout / 1000)
        : translate(
            "The definition couldn't be checked: it needs too much memory or crashes the checker",
          );
    return { code: 'definition-not-checked', message, place: { start: 0, end: 0 } };
  }
}
