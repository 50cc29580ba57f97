import { type Disposable, toDisposable } from '../../../../base';
import type { IndexOptions, IndexSession, IndexState } from '../workspace/catalogIndex';
import type { CatalogSource, CatalogSourcesDeps } from './catalogSource';
import type { CatalogSources } from './catalogSources';

type ReadSources = Omit<CatalogSources, 'add' | 'dispose' | 'isStale' | 'readNext' | 'withPrimary'>;

const NO_SOURCES: ReadSources = {
  problems: () => [],
  displayPath: () => undefined,
  has: () => false,
  reportsProblems: () => true,
  isPartial: () => false,
  notifyChanged: () => {},
  readRecord: () => Promise.resolve(undefined),
};

/**
 * Sources of a catalog. The code for reading them is loaded with the first source, so that a
 * catalog without sources starts faster.
 */
export class LazyCatalogSources implements Disposable {
  readonly #deps: CatalogSourcesDeps;
  readonly #ids = new Set<string>();
  #waiting: readonly CatalogSource[] = [];
  readonly #connected = new Map<CatalogSource, Disposable>();
  #loaded: CatalogSources | undefined;
  /** State of the workspace, for when the sources are loaded. */
  #primary: IndexState | undefined;

  constructor(deps: CatalogSourcesDeps) {
    this.#deps = deps;
  }

  /** Sources that have been read. */
  get current(): ReadSources {
    return this.#loaded ?? NO_SOURCES;
  }

  /**
   * Adds a source.
   *
   * @throws Error if the source was already added
   */
  add(source: CatalogSource): Disposable {
    const { id } = source;
    if (this.#ids.has(id)) throw new Error(`A source "${id}" is already there`);
    this.#ids.add(id);
    this.#waiting = [...this.#waiting, source];
    this.#deps.onStale();
    return toDisposable(() => {
      this.#ids.delete(id);
      this.#waiting = this.#waiting.filter(other => other !== source);
      this.#connected.get(source)?.dispose();
      this.#connected.delete(source);
    });
  }

  get isStale(): boolean {
    return this.#waiting.length > 0 || (this.#loaded?.isStale ?? false);
  }

  /** See {@link CatalogSources.withPrimary}. */
  withPrimary(primary: IndexState): IndexState {
    this.#primary = primary;
    return this.#loaded?.withPrimary(primary) ?? primary;
  }

  /** See {@link CatalogSources.readNext}. */
  async readNext(session: IndexSession, options: IndexOptions): Promise<IndexState | undefined> {
    if (this.#waiting.length) await this.#connect();
    return this.#loaded?.readNext(session, options);
  }

  dispose(): void {
    this.#loaded?.dispose();
    this.#waiting = [];
  }

  async #connect(): Promise<void> {
    const { CatalogSources } = await import('./catalogSources');
    if (!this.#loaded) {
      this.#loaded = new CatalogSources(this.#deps);
      if (this.#primary) this.#loaded.withPrimary(this.#primary);
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const source of waiting) this.#connected.set(source, this.#loaded.add(source));
  }
}
