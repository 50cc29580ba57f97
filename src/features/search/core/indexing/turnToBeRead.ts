import type { SearchCollator } from '../../../../api';
import type { Event } from '../../../../base';
import type { Clock } from '../../../../platform/core/ports';
import type { CollatorFollower } from './collatorFollower';

/** In milliseconds: whoever takes longer does not keep others waiting. */
const PATIENCE = 10_000;

export interface TurnToBeReadDeps {
  readonly followers: ReadonlyMap<SearchCollator, Pick<CollatorFollower, 'isComplete'>>;
  /** One of them has got on. */
  readonly onDidProgress: Event<void>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Waits until all of a collator may be read. What means less than others and is read on this thread waits for them: each of
 * its steps would hold up theirs, a look at the disk as well.
 */
export async function turnToBeRead(
  collator: SearchCollator,
  { followers, onDidProgress, clock, signal }: TurnToBeReadDeps,
): Promise<void> {
  if (isReadElsewhere(collator)) return;
  const isBefore = (other: SearchCollator): boolean =>
    weightOf(other) > weightOf(collator) ||
    (weightOf(other) === weightOf(collator) && isReadElsewhere(other));
  const mayBegin = (): boolean =>
    [...followers].every(([other, { isComplete }]) => isComplete || !isBefore(other));
  if (mayBegin()) return;
  await new Promise<void>(resolve => {
    const ended = new AbortController();
    const end = (): void => {
      ended.abort();
      listening.dispose();
      resolve();
    };
    const listening = onDidProgress(() => {
      if (mayBegin()) end();
    });
    // Aborted: who waited looks at that.
    clock.delay(PATIENCE, AbortSignal.any([signal, ended.signal])).then(end, end);
  });
}

function weightOf({ weight = 1 }: SearchCollator): number {
  return weight;
}

function isReadElsewhere({ concurrency = 1 }: SearchCollator): boolean {
  return concurrency > 1;
}
