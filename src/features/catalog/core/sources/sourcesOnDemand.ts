import { type Disposable, toDisposable } from '../../../../base';
import type { Problem } from '../../../../model';
import type { Clock } from '../../../../platform/core/ports';
import type { EntityGraph } from '../graph/entityGraph';
import type { FileRecord } from '../records';
import type { IndexOptions, IndexSession, IndexState } from '../workspace/catalogIndex';
import type { CatalogSource, CatalogSourcesDeps, SourcesContext } from './catalogSource';
import type { CatalogSources } from './catalogSources';

/** The sources of a catalog: what reads them is loaded for the first one, so that a catalog without any is there sooner. */
export class SourcesOnDemand implements SourcesContext, Disposable {
  readonly #deps: CatalogSourcesDeps;
  readonly #ids = new Set<string>();
  #waiting: readonly CatalogSource[] = [];
  readonly #connected = new Map<CatalogSource, Disposable>();
  #loaded: CatalogSources | undefined;
  /** What the workspace has come to, for when they are loaded. */
  #primary: IndexState | undefined;

  constructor(deps: CatalogSourcesDeps) {
    this.#deps = deps;
  }

  /** @throws if it is there already */
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

  /** The whole, with what the workspace has come to. */
  withPrimary(primary: IndexState): IndexState {
    this.#primary = primary;
    return this.#loaded?.withPrimary(primary) ?? primary;
  }

  /** See {@link CatalogSources.readNext}. */
  async readNext(session: IndexSession, options: IndexOptions): Promise<IndexState | undefined> {
    if (this.#waiting.length) await this.#connect();
    return this.#loaded?.readNext(session, options);
  }

  /** See {@link CatalogSources.problems}. */
  problems(): readonly Problem[] {
    return this.#loaded?.problems() ?? [];
  }

  displayPath(uri: string): string | undefined {
    return this.#loaded?.displayPath(uri);
  }

  locationOf(uri: string): string | undefined {
    return this.#loaded?.locationOf(uri);
  }

  has(uri: string): boolean {
    return this.#loaded?.has(uri) ?? false;
  }

  isJudged(uri: string): boolean {
    return this.#loaded?.isJudged(uri) ?? true;
  }

  isPartial(uri: string): boolean {
    return this.#loaded?.isPartial(uri) ?? false;
  }

  /** The catalog has become another. @param graph - what it comes to */
  tell(graph: EntityGraph, clock: Clock): void {
    this.#loaded?.tell(graph, clock);
  }

  async readRecord(uri: string, session: IndexSession): Promise<FileRecord | undefined> {
    return this.#loaded?.readRecord(uri, session);
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
