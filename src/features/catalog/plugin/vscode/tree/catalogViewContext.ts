import type {
  ActionsService,
  CatalogService,
  CatalogSourcesService,
  ConfigService,
  EditsService,
  EntityCommand,
  EntitySearchService,
  IdentityService,
  Logger,
  PortalService,
  RefactoringService,
  Registry,
  StarredEntitiesService,
  StateService,
} from '../../../../../api';
import type { CatalogTreeModel } from '../..';
import type { CatalogView } from './catalogView';

/** Services for the commands of the catalog's views. */
export interface CatalogViewContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly config: ConfigService;
  readonly edits: EditsService;
  readonly identity: IdentityService;
  readonly logger: Logger;
  readonly portal: PortalService;
  readonly refactoring: RefactoringService;
  readonly state: StateService;
  readonly commands: Registry<EntityCommand>;
  readonly sources: CatalogSourcesService;
  readonly starred: StarredEntitiesService;
  readonly entitySearch: EntitySearchService;
  readonly model: CatalogTreeModel;
  readonly view: CatalogView;
}
