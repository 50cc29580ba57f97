import { errorMessage, failure, isAbort, type Logger, ok, type Result } from '../../../base';
import type { Clock } from '../ports';

/** Somebody on another machine. */
export interface AskedElsewhere {
  readonly id: string;
  /** For people. */
  readonly title: string;
}

export interface AskEachOptions<A, T> {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Milliseconds after which whoever does not answer is not waited for; default: 10,000. */
  readonly patience?: number;
  /** Called once for each, with what it has to say, or a sentence that says why it has nothing. */
  readonly onAnswer: (asked: A, answer: Result<T>) => void;
}

const PATIENCE = 10_000;

/**
 * Asks others, each for itself: none delays the others, or fails for them.
 *
 * @returns once all have answered
 * @throws AbortError
 */
export async function askEach<A extends AskedElsewhere, T>(
  asked: readonly A[],
  ask: (one: A, signal: AbortSignal) => Promise<T>,
  options: AskEachOptions<A, T>,
): Promise<void> {
  await Promise.all(
    asked.map(async one => {
      const answer = await answerOf(one, ask, options);
      options.signal.throwIfAborted();
      options.onAnswer(one, answer);
    }),
  );
}

async function answerOf<A extends AskedElsewhere, T>(
  one: A,
  ask: (one: A, signal: AbortSignal) => Promise<T>,
  { clock, logger, signal, patience = PATIENCE }: AskEachOptions<A, T>,
): Promise<Result<T>> {
  const { id, title } = one;
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const over = clock.delay(patience, both).then(() => failure(`${title} does not answer.`));
  try {
    return await Promise.race([ask(one, both).then(ok), over]);
  } catch (error) {
    if (signal.aborted) throw error;
    if (!isAbort(error)) logger.info(`${id} could not be searched: ${errorMessage(error)}`);
    return failure(errorMessage(error));
  } finally {
    // Whoever is late is not waited for by anybody.
    over.catch(() => {});
    ending.abort();
  }
}
