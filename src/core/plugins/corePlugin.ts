import {
  type ActionsService,
  type CatalogProcessorsExtensionPoint,
  type CatalogService,
  type ConfigService,
  type EditsService,
  type EntityProvidersExtensionPoint,
  type FilesService,
  type IdentityService,
  type ImportService,
  type PortalPlugin,
  type PortalService,
  type RefactoringService,
  type EntitySearchService,
  type RecentEntitiesService,
  type StarredEntitiesService,
  type StateService,
  type TechDocsService,
  catalogProcessorsExtensionPoint,
  coreServices,
  createPortalPlugin,
  entityCardsExtensionPoint,
  entityProvidersExtensionPoint,
  entityTabsExtensionPoint,
  homeCardsExtensionPoint,
  problemSourcesExtensionPoint,
} from '../../api';
import { DisposableStore, type Logger } from '../../base';
import type { ContributedProblems } from './contributedProblems';
import type { PortalContributions } from './portalContributions';

/** The implementations behind `coreServices`, and those behind the extension points. */
export interface CorePluginDeps {
  readonly catalog: CatalogService;
  readonly engine: EntityProvidersExtensionPoint & CatalogProcessorsExtensionPoint;
  readonly contributions: PortalContributions;
  readonly problems: ContributedProblems;
  readonly config: ConfigService;
  readonly files: FilesService;
  readonly state: StateService;
  readonly logger: Logger;
  readonly actions: ActionsService;
  readonly identity: IdentityService;
  readonly edits: EditsService;
  readonly importer: ImportService;
  readonly refactoring: RefactoringService;
  readonly search: EntitySearchService;
  readonly recent: RecentEntitiesService;
  readonly starred: StarredEntitiesService;
  readonly portal: PortalService;
  readonly techdocs: TechDocsService;
}

/**
 * The plugin that all others stand on: it offers the services of the portal and opens the catalog
 * to providers and processors, and the pages of the portal to cards and tabs.
 */
export function createCorePlugin({
  engine,
  contributions,
  problems,
  ...services
}: CorePluginDeps): PortalPlugin {
  return createPortalPlugin({
    id: 'core',
    register(env) {
      env.registerService(coreServices.catalog, services.catalog);
      env.registerService(coreServices.config, services.config);
      env.registerService(coreServices.files, services.files);
      env.registerService(coreServices.state, services.state);
      env.registerService(coreServices.logger, services.logger);
      env.registerService(coreServices.actions, services.actions);
      env.registerService(coreServices.identity, services.identity);
      env.registerService(coreServices.edits, services.edits);
      env.registerService(coreServices.importer, services.importer);
      env.registerService(coreServices.refactoring, services.refactoring);
      env.registerService(coreServices.search, services.search);
      env.registerService(coreServices.recent, services.recent);
      env.registerService(coreServices.starred, services.starred);
      env.registerService(coreServices.portal, services.portal);
      env.registerService(coreServices.techdocs, services.techdocs);
      env.registerExtensionPoint(entityProvidersExtensionPoint, {
        addEntityProvider: provider => engine.addEntityProvider(provider),
      });
      env.registerExtensionPoint(catalogProcessorsExtensionPoint, {
        addProcessor: processor => engine.addProcessor(processor),
      });
      env.registerExtensionPoint(problemSourcesExtensionPoint, {
        addProblemSource: source => problems.addProblemSource(source),
      });
      env.registerExtensionPoint(entityCardsExtensionPoint, {
        addEntityCard: card => contributions.addEntityCard(card),
      });
      env.registerExtensionPoint(entityTabsExtensionPoint, {
        addEntityTab: tab => contributions.addEntityTab(tab),
      });
      env.registerExtensionPoint(homeCardsExtensionPoint, {
        addHomeCard: card => contributions.addHomeCard(card),
      });
    },
  });
}

/**
 * The catalog as plugins see it: the service's members and nothing of the engine behind it, which
 * could change roots and settings. With the problems that plugins report themselves.
 */
export function createCatalogFacade(
  catalog: CatalogService,
  problems: Pick<ContributedProblems, 'getProblems' | 'onDidChange'>,
): CatalogService {
  return Object.freeze<CatalogService>({
    get status() {
      return catalog.status;
    },
    get mode() {
      return catalog.mode;
    },
    onDidChange(listener) {
      const store = new DisposableStore();
      for (const source of [catalog, problems]) store.add(source.onDidChange(listener));
      return store;
    },
    onDidChangeStatus: listener => catalog.onDidChangeStatus(listener),
    getEntityByRef: ref => catalog.getEntityByRef(ref),
    loadEntity: ref => catalog.loadEntity(ref),
    getEntityRefs: () => catalog.getEntityRefs(),
    getEntities: request => catalog.getEntities(request),
    getRelations: ref => catalog.getRelations(ref),
    getEntitySource: ref => catalog.getEntitySource(ref),
    getEntityAncestry: ref => catalog.getEntityAncestry(ref),
    getEntityRefsInFile: file => catalog.getEntityRefsInFile(file),
    getFilesReading: file => catalog.getFilesReading(file),
    getFailedEntities: () => catalog.getFailedEntities(),
    getProblems(request) {
      const own = catalog.getProblems(request);
      const others = problems.getProblems(request);
      return others.length ? [...own, ...others] : own;
    },
    refresh: options => catalog.refresh(options),
  });
}
