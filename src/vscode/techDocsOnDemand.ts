import type { TechDocsChangeEvent, TechDocsService } from '../api';
import { type Disposable, DisposableStore, Emitter, onDemand } from '../base';
import { onFirstOpen } from './onFirstOpen';
import type { FollowedSitesDeps } from './techdocs/followedSites';

/** Loads what reads documentation when somebody first asks for it, or opens a config or a page. */
export class TechDocsOnDemand implements TechDocsService, Disposable {
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<TechDocsChangeEvent>());
  #load: () => Promise<TechDocsService>;

  readonly onDidChange = this.#changed.event;

  constructor(deps: FollowedSitesDeps) {
    const load = onDemand(async () => {
      const { FollowedSites } = await import('./techdocs/followedSites');
      const followed = this.#store.add(new FollowedSites(deps));
      this.#store.add(followed.sites.onDidChange(event => this.#changed.fire(event)));
      return followed;
    });
    this.#load = async () => (await load()).sites;
    this.#store.add(
      onFirstOpen(/\/mkdocs\.ya?ml$|\.md$/, async () => (await load()).showDiagnostics()),
    );
  }

  getSites: TechDocsService['getSites'] = async options => (await this.#load()).getSites(options);

  loadContent: TechDocsService['loadContent'] = async (siteId, options) =>
    (await this.#load()).loadContent(siteId, options);

  locate: TechDocsService['locate'] = async (entityRef, options) =>
    (await this.#load()).locate(entityRef, options);

  dispose(): void {
    this.#store.dispose();
  }
}
