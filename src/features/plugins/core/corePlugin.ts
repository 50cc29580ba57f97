import {
  agentToolsExtensionPoint,
  type AgentToolsExtensionPoint,
  type CardWidth,
  type EntityCard,
  type EntityCardsExtensionPoint,
  type EntityTab,
  type EntityTabsExtensionPoint,
  type HomeCard,
  type HomeCardsExtensionPoint,
  type CatalogProcessorsExtensionPoint,
  type CatalogService,
  type EntityProvidersExtensionPoint,
  type PluginAgentTool,
  type PortalPlugin,
  type ScaffolderService,
  type ServiceRef,
  catalogProcessorsExtensionPoint,
  coreServices,
  createPortalPlugin,
  entityCardsExtensionPoint,
  entityColumnsExtensionPoint,
  entityDecoratorsExtensionPoint,
  entityProvidersExtensionPoint,
  entityTabsExtensionPoint,
  homeCardsExtensionPoint,
  type ProblemSourcesExtensionPoint,
  problemSourcesExtensionPoint,
  type ScaffolderActionsExtensionPoint,
  scaffolderActionsExtensionPoint,
  type ScaffolderTemplatesExtensionPoint,
  scaffolderTemplatesExtensionPoint,
  type SearchCollatorsExtensionPoint,
  searchCollatorsExtensionPoint,
  type SearchFilter,
  type SearchFiltersExtensionPoint,
  searchFiltersExtensionPoint,
  type SearchProvidersExtensionPoint,
  searchProvidersExtensionPoint,
  type SearchService,
} from '../../../api';
import { type Disposable, DisposableStore, Registry } from '../../../base';
import type { LazyProblems } from './lazyProblems';
import type { EntityViews } from './entityViews';
import { assertHas, isObject } from './pluginShapes';

/** Implementations of `coreServices`, by name. */
type CoreServices = {
  readonly [Name in keyof typeof coreServices]: (typeof coreServices)[Name] extends ServiceRef<
    infer Service
  >
    ? Service
    : never;
};

/** Implementations of the core services and the extension points. */
export interface CorePluginDeps extends CoreServices {
  readonly engine: EntityProvidersExtensionPoint & CatalogProcessorsExtensionPoint;
  readonly contributions: PortalContributions;
  readonly entityViews: EntityViews;
  readonly problems: ProblemSourcesExtensionPoint;
  readonly scaffolder: ScaffolderService &
    ScaffolderActionsExtensionPoint &
    ScaffolderTemplatesExtensionPoint;
  readonly search: SearchService &
    SearchCollatorsExtensionPoint &
    SearchFiltersExtensionPoint &
    SearchProvidersExtensionPoint;
}

/**
 * The plugin that offers the services of the portal and the extension points for providers, processors, cards and
 * tabs.
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
      const refs: { readonly [Name in keyof CoreServices]: ServiceRef<CoreServices[Name]> } =
        coreServices;
      const register = <Name extends keyof CoreServices>(name: Name): void => {
        env.registerService(refs[name], services[name]);
      };
      for (const name of Object.keys(coreServices)) register(name as keyof CoreServices);
      env.registerExtensionPoint(entityProvidersExtensionPoint, {
        addEntityProvider: provider => engine.addEntityProvider(provider),
      });
      env.registerExtensionPoint(catalogProcessorsExtensionPoint, {
        addProcessor: processor => engine.addProcessor(processor),
      });
      env.registerExtensionPoint(problemSourcesExtensionPoint, {
        addProblemSource: source => problems.addProblemSource(source),
      });
      env.registerExtensionPoint(scaffolderActionsExtensionPoint, {
        addAction: action => services.scaffolder.addAction(action),
      });
      env.registerExtensionPoint(scaffolderTemplatesExtensionPoint, {
        addTemplateProvider: provider => services.scaffolder.addTemplateProvider(provider),
      });
      env.registerExtensionPoint(searchCollatorsExtensionPoint, {
        addCollator: collator => services.search.addCollator(collator),
      });
      env.registerExtensionPoint(searchFiltersExtensionPoint, {
        addSearchFilter(filter) {
          assertIsSearchFilter(filter);
          return services.search.addSearchFilter(filter);
        },
      });
      env.registerExtensionPoint(agentToolsExtensionPoint, {
        addAgentTool: tool => contributions.addAgentTool(tool),
      });
      env.registerExtensionPoint(searchProvidersExtensionPoint, {
        addProvider: provider => services.search.addProvider(provider),
      });
      env.registerExtensionPoint(entityColumnsExtensionPoint, {
        addEntityColumn: column => services.entityViews.addEntityColumn(column),
      });
      env.registerExtensionPoint(entityDecoratorsExtensionPoint, {
        addEntityDecorator: decorator => services.entityViews.addEntityDecorator(decorator),
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

/** Creates the catalog service for plugins: without the engine behind it, and with the problems that plugins report. */
export function createCatalogFacade(
  catalog: CatalogService,
  problems: Pick<LazyProblems, 'getProblems' | 'onDidChange'>,
): CatalogService {
  return Object.freeze<CatalogService>({
    get status() {
      return catalog.status;
    },
    get mode() {
      return catalog.mode;
    },
    get names() {
      return catalog.names;
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
    getDependents: (ref, options) => catalog.getDependents(ref, options),
    getEntitySource: ref => catalog.getEntitySource(ref),
    getEntityVersions: ref => catalog.getEntityVersions(ref),
    getEntitySources: ref => catalog.getEntitySources(ref),
    getEntityAncestry: ref => catalog.getEntityAncestry(ref),
    getEntityRefsInFile: file => catalog.getEntityRefsInFile(file),
    getFilesReading: file => catalog.getFilesReading(file),
    getFailedEntities: () => catalog.getFailedEntities(),
    getMissingTargets: () => catalog.getMissingTargets(),
    getProblems(request) {
      const own = catalog.getProblems(request);
      const others = problems.getProblems(request);
      return others.length ? [...own, ...others] : own;
    },
    refresh: options => catalog.refresh(options),
  });
}

const WIDTHS: ReadonlySet<unknown> = new Set<CardWidth>(['third', 'half', 'twoThirds', 'full']);

/** Cards, tabs and tools that plugins contribute, kept before the first page opens. */
export class PortalContributions
  implements
    AgentToolsExtensionPoint,
    EntityCardsExtensionPoint,
    EntityTabsExtensionPoint,
    HomeCardsExtensionPoint
{
  readonly agentTools = new Registry<PluginAgentTool>();
  readonly cards = new Registry<EntityCard>();
  readonly tabs = new Registry<EntityTab>();
  readonly homeCards = new Registry<HomeCard>();

  addAgentTool(tool: PluginAgentTool): Disposable {
    assertIsAgentTool(tool);
    return this.agentTools.add(tool);
  }

  addEntityCard(card: EntityCard): Disposable {
    assertIsShown(card, 'card', ['load']);
    return this.cards.add(card);
  }

  addEntityTab(tab: EntityTab): Disposable {
    assertIsShown(tab, 'tab');
    return this.tabs.add(tab);
  }

  addHomeCard(card: HomeCard): Disposable {
    assertIsShown(card, 'card', ['load']);
    return this.homeCards.add(card);
  }
}

/** @throws TypeError */
export function assertIsSearchFilter(filter: SearchFilter): void {
  assertHas(filter, 'search filter', { methods: ['valuesOf'] });
}

/** @throws TypeError */
export function assertIsAgentTool(tool: PluginAgentTool): void {
  assertHas(tool, 'tool', { texts: ['id', 'title', 'description'], methods: ['run'] });
  if (!isObject(tool.inputSchema)) throw new TypeError('A tool must have an object "inputSchema"');
}

/** @throws TypeError */
function assertIsShown(part: unknown, what: string, methods: readonly string[] = []): void {
  assertHas(part, what, { methods });
  const { id, icon, width, order } = part;
  const fault = (name: string): TypeError =>
    new TypeError(`The ${what} "${String(id)}" has an invalid "${name}"`);
  if (icon !== undefined && typeof icon !== 'string') throw fault('icon');
  if (width !== undefined && !WIDTHS.has(width)) throw fault('width');
  if (order !== undefined && typeof order !== 'number') throw fault('order');
}
