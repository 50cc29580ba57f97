import type { CatalogService, StateService } from '../../../api';
import { type Disposable, DisposableStore, type Logger } from '../../../base';
import { EntitySearchOnDemand } from '../../search/vscode';
import { RecentEntities, StarredEntities } from '../core/identity';

/** What a window knows of its user's ways through the catalog. */
export class UserServices implements Disposable {
  #store = new DisposableStore();
  readonly starred: StarredEntities;
  readonly recent: RecentEntities;
  readonly entitySearch: EntitySearchOnDemand;

  constructor(deps: { catalog: CatalogService; state: StateService; logger: Logger }) {
    this.starred = this.#store.add(new StarredEntities(deps.state));
    this.recent = this.#store.add(new RecentEntities(deps));
    this.entitySearch = this.#store.add(new EntitySearchOnDemand(deps.catalog));
  }

  dispose(): void {
    this.#store.dispose();
  }
}
