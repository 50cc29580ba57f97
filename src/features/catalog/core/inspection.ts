import type { Disposable } from '../../../base';
import type { FileChange } from '../../../platform/core/ports';
import type { CatalogChanges } from './problems/skeletonChecks';
import type { WorkOptions } from './workspace/refreshProgress';

export interface InspectionDeps {
  /** @param changes - changes since the last inspection; undefined: everything may have changed */
  readonly inspect: (changes: CatalogChanges | undefined, options: WorkOptions) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Inspects the files around a catalog after each change, one inspection at a time and without
 * delaying the catalog. Files that change meanwhile are inspected next.
 */
export class Inspection implements Disposable {
  readonly #deps: InspectionDeps;
  readonly #stopped = new AbortController();
  #isWhole = false;
  #refs = new Set<string>();
  #files: FileChange[] = [];
  #isPending = false;
  #onProgress: WorkOptions['onProgress'];
  #running: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(deps: InspectionDeps) {
    this.#deps = deps;
  }

  /** Records changed entities (full refs) for the next inspection. */
  entitiesChanged(refs: Iterable<string>): void {
    for (const ref of refs) this.#refs.add(ref);
  }

  /**
   * Starts an inspection, or schedules another one.
   *
   * @param files - changed files; undefined: all may have changed
   * @param onProgress - called while a caller waits. Cancellation by a caller doesn't stop the
   * inspection for others
   */
  start(
    files: readonly FileChange[] | undefined,
    { onProgress }: Pick<WorkOptions, 'onProgress'> = {},
  ): void {
    if (this.#stopped.signal.aborted) return;
    this.#onProgress = onProgress;
    if (files) this.#files.push(...files);
    else this.#isWhole = true;
    this.#isPending = true;
    if (this.#running) return;
    const running = this.#run();
    this.#running = running;
    running.catch((error: unknown) => {
      if (!this.#stopped.signal.aborted) this.#deps.onError(error);
    });
  }

  /**
   * Resolves when all changes so far are inspected.
   *
   * @throws the error of the last inspection
   */
  async whenDone(): Promise<void> {
    while (this.#running) await this.#running;
    // Also if it failed before the call.
    if (this.#failure) throw this.#failure.error;
  }

  dispose(): void {
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    try {
      while (this.#isPending && !signal.aborted) {
        const changes = this.#isWhole ? undefined : { refs: this.#refs, files: this.#files };
        this.#isPending = this.#isWhole = false;
        this.#refs = new Set();
        this.#files = [];
        this.#failure = undefined;
        try {
          await this.#deps.inspect(changes, { signal, onProgress: this.#onProgress });
        } catch (error) {
          // Its progress is unknown, so the next inspection covers everything.
          this.#isWhole = true;
          if (this.#isPending && !signal.aborted) continue;
          this.#failure = { error };
          throw error;
        }
      }
    } finally {
      // Synchronously: otherwise, a start in between would not run.
      this.#running = undefined;
    }
  }
}
