import type { Disposable } from '../../base';
import type { FileChange } from '../ports';
import type { CatalogChanges } from './problems/skeletonChecks';
import type { WorkOptions } from './workspace/refreshProgress';

export interface InspectionDeps {
  /** @param changes - since the last time; undefined: everything may have changed */
  readonly inspect: (changes: CatalogChanges | undefined, options: WorkOptions) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Inspects the files around a catalog after it has changed, one time after the other, and holds up nobody: what
 * changes meanwhile is inspected next.
 */
export class Inspection implements Disposable {
  readonly #deps: InspectionDeps;
  readonly #stopped = new AbortController();
  #isWhole = false;
  #refs = new Set<string>();
  #files: FileChange[] = [];
  #isPending = false;
  #options: WorkOptions = {};
  #running: Promise<void> | undefined;

  constructor(deps: InspectionDeps) {
    this.#deps = deps;
  }

  /** Notes entities (full refs) that are others now. They are inspected the next time. */
  entitiesChanged(refs: Iterable<string>): void {
    for (const ref of refs) this.#refs.add(ref);
  }

  /**
   * @param files - files that have changed; undefined: all may have
   * @param options - of whoever waits for it
   */
  start(files: readonly FileChange[] | undefined, options: WorkOptions = {}): void {
    if (this.#stopped.signal.aborted) return;
    this.#options = options;
    if (files) this.#files.push(...files);
    else this.#isWhole = true;
    this.#isPending = true;
    if (this.#running) return;
    const running = this.#run().finally(() => (this.#running = undefined));
    this.#running = running;
    running.catch((error: unknown) => {
      if (!this.#stopped.signal.aborted && !options.signal?.aborted) this.#deps.onError(error);
    });
  }

  /** Resolves when all changes so far are inspected. @throws what inspecting threw */
  async whenDone(): Promise<void> {
    while (this.#running) await this.#running;
  }

  dispose(): void {
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    while (this.#isPending && !this.#stopped.signal.aborted) {
      const changes = this.#isWhole ? undefined : { refs: this.#refs, files: this.#files };
      this.#isPending = this.#isWhole = false;
      this.#refs = new Set();
      this.#files = [];
      const { signal, onProgress } = this.#options;
      const signals = signal ? [this.#stopped.signal, signal] : [this.#stopped.signal];
      await this.#deps.inspect(changes, { signal: AbortSignal.any(signals), onProgress });
    }
  }
}
