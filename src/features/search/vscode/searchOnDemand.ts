import type {
  SearchCollator,
  SearchCollatorsExtensionPoint,
  SearchProvider,
  SearchProvidersExtensionPoint,
  SearchService,
} from '../../../api';
import { type Disposable, DisposableStore, Emitter, onDemand, Registry } from '../../../base';
import type { DefaultSearchService } from '../core';
import type { OpenSearchDeps } from './openSearch';

/** Milliseconds after which a catalog is read into the index although nobody has searched yet. */
const IDLE = 3000;

/**
 * Loads what searches everything when somebody first searches, or a while after the catalog is there: the first
 * answer is then as quick as all others. Where there are no threads, the catalog is not read for nobody.
 */
export class SearchOnDemand
  implements SearchService, SearchCollatorsExtensionPoint, SearchProvidersExtensionPoint, Disposable
{
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());
  #registry = new Registry<SearchCollator>();
  #providers = new Registry<SearchProvider>();
  #loaded: DefaultSearchService | undefined;
  #load: () => Promise<DefaultSearchService>;

  readonly onDidChange = this.#changed.event;

  constructor(deps: Omit<OpenSearchDeps, 'collators' | 'providers'>) {
    this.#load = onDemand(async () => {
      const { openSearch } = await import('./openSearch');
      const loaded = this.#store.add(
        openSearch({ ...deps, collators: this.#registry, providers: this.#providers }),
      );
      this.#store.add(loaded.onDidChange(() => this.#changed.fire()));
      this.#loaded = loaded;
      return loaded;
    });
    const { catalog, clock, logger, platform } = deps;
    if (!platform.startThread) return;
    const waiting = this.#store.add(
      catalog.onDidChangeStatus(status => {
        if (status !== 'ready') return;
        this.#store.delete(waiting);
        clock
          .delay(IDLE)
          .then(() => this.#begin())
          .catch((error: unknown) => logger.error('The search could not be loaded', error));
      }),
    );
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

  get providers(): SearchService['providers'] {
    return this.#providers.all();
  }

  addProvider(provider: SearchProvider): Disposable {
    return this.#providers.add(provider);
  }

  findElsewhere: SearchService['findElsewhere'] = async (request, options) => {
    // Without anybody to ask, nothing is loaded for it.
    if (this.#providers.all().length) await (await this.#load()).findElsewhere(request, options);
  };

  find: SearchService['find'] = async (request, signal) =>
    (await this.#load()).find(request, signal);

  locate: SearchService['locate'] = async (result, signal) =>
    (await this.#load()).locate(result, signal);

  complete: SearchService['complete'] = async (query, at, signal) =>
    (await this.#load()).complete(query, at, signal);

  history: SearchService['history'] = async () => (await this.#load()).history();

  whenReady: SearchService['whenReady'] = async signal => (await this.#load()).whenReady(signal);

  rebuild: SearchService['rebuild'] = async () => (await this.#load()).rebuild();

  async #begin(): Promise<void> {
    if (!this.#store.isDisposed) (await this.#load()).start();
  }

  dispose(): void {
    this.#store.dispose();
  }
}
