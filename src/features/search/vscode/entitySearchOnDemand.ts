import type { CatalogService, EntitySearchOptions, EntitySearchService } from '../../../api';
import { type Disposable, DisposableStore, onDemand } from '../../../base';
import type { EntitySearch } from '../core/entities';

/** Loads what finds entities when somebody first looks for one. */
export class EntitySearchOnDemand implements EntitySearchService, Disposable {
  #catalog: CatalogService;
  #store = new DisposableStore();
  #loaded: EntitySearch | undefined;

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  async find(
    options: EntitySearchOptions,
    signal?: AbortSignal,
  ): Promise<readonly string[] | undefined> {
    return (await this.#load()).find(options, signal);
  }

  get isComplete(): boolean {
    return this.#loaded?.isComplete ?? false;
  }

  async complete(signal?: AbortSignal): Promise<void> {
    await (await this.#load()).complete(signal);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #load = onDemand(async () => {
    const { EntitySearch: Search } = await import('../core/entities');
    this.#loaded = this.#store.add(new Search(this.#catalog));
    return this.#loaded;
  });
}
