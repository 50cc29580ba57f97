import { errorMessage, failure, isAbort, type Logger, ok, type Result } from '../../../base';
import type { Clock } from '../ports';

/** A remote that can be queried. */
export interface QueryTarget {
  readonly id: string;
  /** The name to display. */
  readonly title: string;
}

export interface QueryEachOptions<A, T> {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** The time to wait for each answer, in milliseconds. Default: 10,000. */
  readonly patience?: number;
  /** Called once for each remote, with its answer or the reason why it has none. */
  readonly onAnswer: (target: A, answer: Result<T>) => void;
}

const PATIENCE = 10_000;

/**
 * Queries remotes in parallel: none delays another or makes it fail.
 *
 * @returns once all have answered
 * @throws AbortError
 */
export async function queryEach<A extends QueryTarget, T>(
  targets: readonly A[],
  ask: (one: A, signal: AbortSignal) => Promise<T>,
  options: QueryEachOptions<A, T>,
): Promise<void> {
  await Promise.all(
    targets.map(async one => {
      const answer = await answerOf(one, ask, options);
      options.signal.throwIfAborted();
      options.onAnswer(one, answer);
    }),
  );
}

async function answerOf<A extends QueryTarget, T>(
  one: A,
  ask: (one: A, signal: AbortSignal) => Promise<T>,
  { clock, logger, signal, patience = PATIENCE }: QueryEachOptions<A, T>,
): Promise<Result<T>> {
  const { id, title } = one;
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const over = clock.delay(patience, both).then(() => failure(`${title} isn't responding.`));
  try {
    return await Promise.race([ask(one, both).then(ok), over]);
  } catch (error) {
    if (signal.aborted) throw error;
    if (!isAbort(error)) logger.info(`${id} could not be searched: ${errorMessage(error)}`);
    return failure(errorMessage(error));
  } finally {
    // Nothing awaits a late answer.
    over.catch(() => {});
    ending.abort();
  }
}
