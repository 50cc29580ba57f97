import type { Disposable } from '../../../base';
import type { FileChange } from '../../../platform/core/ports';
import type { CatalogChanges } from './problems/skeletonChecks';
import type { WorkOptions } from './workspace/refreshProgress';

export interface InspectionDeps {
  /** @param changes - since the last time; undefined: everything may have changed */
  readonly inspect: (changes: CatalogChanges | undefined, options: WorkOptions) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Inspects the files around a catalog after each change, one inspection at a time and without delaying the catalog.
 * Files that change meanwhile are inspected next.
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

  /** Notes entities (full refs) that are others now. They are inspected the next time. */
  entitiesChanged(refs: Iterable<string>): void {
    for (const ref of refs) this.#refs.add(ref);
  }

  /**
   * @param files - files that have changed; undefined: all may have
   * @param onProgress - called while a caller waits. A caller that gives up doesn't stop the inspection for others
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

  /** Resolves when all changes so far are inspected. @throws what inspecting threw */
  async whenDone(): Promise<void> {
    while (this.#running) await this.#running;
    // Also where it had failed before anybody waited.
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
          // Nobody knows how far it came: the next time, all is inspected.
          this.#isWhole = true;
          if (this.#isPending && !signal.aborted) continue;
          this.#failure = { error };
          throw error;
        }
      }
    } finally {
      // At once: what starts in between would wait for the next start.
      this.#running = undefined;
    }
  }
}
