import type { SearchCollator, SearchCollatorsExtensionPoint, SearchService } from '../api';
import { type Disposable, DisposableStore, Emitter, onDemand, Registry } from '../base';
import type { DefaultSearchService, SearchServiceDeps } from '../core/search';

/** Loads what searches everything when somebody first searches. */
export class SearchOnDemand implements SearchService, SearchCollatorsExtensionPoint, Disposable {
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());
  #registry = new Registry<SearchCollator>();
  #loaded: DefaultSearchService | undefined;
  #load: () => Promise<DefaultSearchService>;

  readonly onDidChange = this.#changed.event;

  constructor(deps: Omit<SearchServiceDeps, 'collators'>) {
    this.#load = onDemand(async () => {
      const { DefaultSearchService: Search } = await import('../core/search');
      const loaded = this.#store.add(new Search({ ...deps, collators: this.#registry }));
      this.#store.add(loaded.onDidChange(() => this.#changed.fire()));
      this.#loaded = loaded;
      return loaded;
    });
  }

  get state(): SearchService['state'] {
    return this.#loaded?.state ?? { type: 'asleep' };
  }

  get collators(): SearchService['collators'] {
    return this.#registry.all();
  }

  addCollator(collator: SearchCollator): Disposable {
    return this.#registry.add(collator);
  }

  find: SearchService['find'] = async (request, signal) =>
    (await this.#load()).find(request, signal);

  complete: SearchService['complete'] = async (query, at, signal) =>
    (await this.#load()).complete(query, at, signal);

  whenReady: SearchService['whenReady'] = async signal => (await this.#load()).whenReady(signal);

  rebuild: SearchService['rebuild'] = async () => (await this.#load()).rebuild();

  dispose(): void {
    this.#store.dispose();
  }
}
