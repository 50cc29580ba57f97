import type { Disposable, Logger } from '../../../base';
import type { Clock, FileChange } from '../ports';

export interface ChangeQueueDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long to wait for more while few files have changed, as when somebody types. */
  readonly few: ChangePause;
  /** The same from `manyFiles` files on: they are part of something larger, a branch switch say. */
  readonly many: ChangePause;
  readonly manyFiles: number;
  /** Gets each file once. The next batch waits until its promise has ended. */
  apply(changes: readonly FileChange[]): Promise<void>;
}

/** In milliseconds. */
export interface ChangePause {
  /** Changes are passed on after so long without a new one … */
  readonly quiet: number;
  /** … but no later than so long after the first. */
  readonly longest: number;
}

/**
 * Turns a stream of file changes into few batches: a branch switch that touches a thousand files,
 * or a word being typed, is one.
 */
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

  /** Takes out what waits; for when everything is read anyway. */
  take(): readonly FileChange[] {
    const changes = [...this.#changes].map(([uri, type]) => ({ uri, type }));
    this.#changes.clear();
    return changes;
  }

  /** Resolves when every change that was added has been applied. */
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
        if (!signal.aborted) this.#deps.logger.error('Changed files could not be read', error);
      }
    }
    // In the same turn as the last look at the changes, so that none is added in between.
    this.#running = undefined;
  }

  async #untilQuiet(signal: AbortSignal): Promise<void> {
    const { clock, few, many, manyFiles } = this.#deps;
    const began = clock.now();
    for (;;) {
      const { quiet, longest } = this.#changes.size < manyFiles ? few : many;
      const now = clock.now();
      const remaining = Math.min(this.#lastAdded + quiet, began + longest) - now;
      // A clock that was set back would have the changes wait until it has caught up.
      if (remaining <= 0 || now < began) return;
      await clock.delay(remaining, signal);
    }
  }
}

/** One change that stands for two in a row. */
function mergeChanges(
  earlier: FileChange['type'] | undefined,
  later: FileChange['type'],
): FileChange['type'] {
  // What was deleted and is there again may be anything: a file that has changed.
  if (earlier === 'deleted' && later === 'created') return 'changed';
  if (earlier === 'created' && later === 'changed') return 'created';
  return later;
}
