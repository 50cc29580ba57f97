import type { Disposable, Logger } from '../../../base';
import type { Clock, FileChange } from '../ports';

export interface ChangeQueueDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The pause after few changed files, as when somebody types. */
  readonly few: ChangePause;
  /** The pause from `manyFiles` changed files on, as in a branch switch. */
  readonly many: ChangePause;
  readonly manyFiles: number;
  /** Handles a batch, which has each file once. The next batch waits for its promise. */
  apply(changes: readonly FileChange[]): Promise<void>;
}

/** The delay of a batch, in milliseconds. */
export interface ChangePause {
  /** The time without a new change after which the batch is passed on. */
  readonly quiet: number;
  /** The maximum time since the first change. */
  readonly longest: number;
}

/** Groups file changes into few batches: switching a branch with a thousand files, or typing a word, is one batch. */
export class ChangeQueue implements Disposable {
  #deps: ChangeQueueDeps;
  #changes = new Map<string, FileChange['type']>();
  #lastAdded = 0;
  #running: Promise<void> | undefined;
  #disposed = new AbortController();

  constructor(deps: ChangeQueueDeps) {
    this.#deps = deps;
  }

  add(changes: readonly FileChange[]): void {
    if (!changes.length || this.#disposed.signal.aborted) return;
    for (const { uri, type } of changes) {
      this.#changes.set(uri, mergeChanges(this.#changes.get(uri), type));
    }
    this.#lastAdded = this.#deps.clock.now();
    this.#running ??= this.#run();
  }

  /** Removes and returns the pending changes, for when everything is read anyway. */
  take(): readonly FileChange[] {
    const changes = [...this.#changes].map(([uri, type]) => ({ uri, type }));
    this.#changes.clear();
    return changes;
  }

  /** Resolves when all added changes have been applied. */
  async whenIdle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  dispose(): void {
    this.#disposed.abort();
    this.#changes.clear();
  }

  async #run(): Promise<void> {
    const { signal } = this.#disposed;
    while (this.#changes.size && !signal.aborted) {
      try {
        await this.#untilQuiet(signal);
        const batch = this.take();
        if (batch.length && !signal.aborted) await this.#deps.apply(batch);
      } catch (error) {
        if (!signal.aborted) this.#deps.logger.error("Can't read changed files", error);
      }
    }
    // In the same turn as the last check of the changes, so that none is added in between.
    this.#running = undefined;
  }

  async #untilQuiet(signal: AbortSignal): Promise<void> {
    const { clock, few, many, manyFiles } = this.#deps;
    const began = clock.now();
    for (;;) {
      const { quiet, longest } = this.#changes.size < manyFiles ? few : many;
      const now = clock.now();
      const remaining = Math.min(this.#lastAdded + quiet, began + longest) - now;
      // If the clock was set back, the changes would wait until it has caught up.
      if (remaining <= 0 || now < began) return;
      await clock.delay(remaining, signal);
    }
  }
}

/** Merges two successive changes of a file into one. */
function mergeChanges(
  earlier: FileChange['type'] | undefined,
  later: FileChange['type'],
): FileChange['type'] {
  // A file that was deleted and created again may have any content: it counts as changed.
  if (earlier === 'deleted' && later === 'created') return 'changed';
  if (earlier === 'created' && later === 'changed') return 'created';
  return later;
}
