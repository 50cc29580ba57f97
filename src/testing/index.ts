import {
  coreServices,
  createPortalPlugin,
  type Disposable,
  DisposableStore,
  Emitter,
  english,
  type EntityCommand,
  extensionPoints,
  joinUri,
  matchesPredicate,
  parseEntityRef,
  type PortalApi,
  type PortalPlugin,
  Registry,
  type ScaffolderAction,
  type ScaffolderActionsExtensionPoint,
  type ScaffolderService,
  type ScaffolderTemplatesExtensionPoint,
  type SearchCollator,
  type SearchCollatorsExtensionPoint,
  type SearchFilter,
  type SearchFiltersExtensionPoint,
  type SearchProvider,
  type SearchProvidersExtensionPoint,
  type TemplateProvider,
  toDisposable,
  type TreeGrouping,
} from '../api';
import { createImportService } from '../features/authoring/core/import';
import { CatalogEngine, EntityFilesService, readCatalogOptions } from '../features/catalog/core';
import { RecentEntities, StarredEntities } from '../features/catalog/core/identity';
import {
  catalogContributionsRef,
  createCatalogPlugin,
  loadEntityCollators,
} from '../features/catalog/plugin';
import {
  ContributedProblems,
  createCatalogFacade,
  createCorePlugin,
  createPortalApi,
  EntityViews,
  missingService,
  PluginFailures,
  PluginHost,
  PortalContributions,
} from '../features/plugins/core';
import { type CardView, EntityPages, HomePage } from '../features/portal/core';
import {
  createSearchIndex,
  DefaultSearchService,
  RestartingSearchIndex,
} from '../features/search/core';
import { EntitySearch } from '../features/search/core/entities';
import type { Clock, FileChange } from '../platform/core/ports';
import type { TestCard, TestEntity, TestPortal, TestPortalOptions } from './contract';
import { runTestAction } from './runTestAction';
import { TestFiles } from './testFiles';
import {
  TEST_PORTALS,
  TestActions,
  TestConfig,
  testIdentity,
  TestLogger,
  testSecrets,
  testSources,
  testState,
} from './testServices';

export type * from './contract';

const ROOT = 'file:///workspace';

const clock: Clock = {
  now: () => Date.now(),
  delay: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    }),
  yield: () => new Promise(resolve => setTimeout(resolve, 0)),
};

/** Opens a portal on files in memory; see the contract. */
export async function createTestPortal({
  files = {},
  entities = [],
  settings = {},
}: TestPortalOptions = {}): Promise<TestPortal> {
  const fileSystem = new TestFiles();
  for (const [path, text] of Object.entries(files)) fileSystem.write(joinUri(ROOT, path), text);
  for (const entity of entities) {
    fileSystem.write(joinUri(ROOT, pathOf(entity)), descriptorOf(entity));
  }
  const portal = new EngineTestPortal(fileSystem, settings);
  await portal.start();
  return portal;
}

function pathOf({ kind = 'Component', metadata: { name } }: TestEntity): string {
  return `entities/${kind}-${name}/catalog-info.yaml`.toLowerCase();
}

/** Formats a descriptor: JSON is YAML. */
function descriptorOf({ apiVersion, kind, metadata, spec }: TestEntity): string {
  const entity = {
    apiVersion: apiVersion ?? 'backstage.io/v1alpha1',
    kind: kind ?? 'Component',
    metadata,
    spec: spec ?? { type: 'service', lifecycle: 'production', owner: 'guests' },
  };
  return `${JSON.stringify(entity, undefined, 2)}\n`;
}

class EngineTestPortal implements TestPortal {
  readonly root = ROOT;
  readonly api: PortalApi;
  readonly #store = new DisposableStore();
  readonly #filesChanged = this.#store.add(new Emitter<readonly FileChange[]>());
  readonly #logger = new TestLogger();
  readonly #actions = new TestActions();
  readonly #fileSystem: TestFiles;
  readonly #config: TestConfig;
  readonly #engine: CatalogEngine;
  readonly #host: PluginHost;
  readonly #problems: ContributedProblems;
  readonly #entityViews: EntityViews;
  readonly #search: DefaultSearchService;
  readonly #contributions: PortalContributions;
  readonly #pages: EntityPages;
  readonly #home: HomePage;
  readonly #scaffolderActions = new Registry<ScaffolderAction>();
  readonly #templateProviders = new Registry<TemplateProvider>();
  #groupings: Registry<TreeGrouping> | undefined;
  #commands: Registry<EntityCommand> | undefined;

  constructor(fileSystem: TestFiles, settings: Readonly<Record<string, unknown>>) {
    const logger = this.#logger;
    const config = (this.#config = new TestConfig(settings));
    this.#fileSystem = fileSystem;
    const engine = (this.#engine = this.#store.add(
      new CatalogEngine({ fileSystem, clock, logger }),
    ));
    engine.setRoots([{ uri: ROOT, name: 'workspace' }]);
    const host = (this.#host = this.#store.add(new PluginHost({ logger, clock })));
    const pluginOf = (contribution: object): string | undefined => host.pluginOf(contribution);
    const onFailure: PluginHost['reportFailure'] = (...failure) => host.reportFailure(...failure);
    const attribution = { logger, pluginOf, onFailure };
    const problems = (this.#problems = this.#store.add(
      new ContributedProblems({
        engine,
        fileSystem,
        changes: [this.#filesChanged.event],
        clock,
        ...attribution,
      }),
    ));
    const catalog = createCatalogFacade(engine, problems);
    const state = testState();
    const starred = this.#store.add(new StarredEntities(state));
    const recent = this.#store.add(new RecentEntities({ catalog, state, logger }));
    const entitySearch = this.#store.add(new EntitySearch(catalog));
    const identity = testIdentity(config);
    const sources = testSources();
    const collators = new Registry<SearchCollator>();
    const filters = new Registry<SearchFilter>();
    const providers = new Registry<SearchProvider>();
    const search = (this.#search = this.#store.add(
      new DefaultSearchService({
        catalog,
        collators,
        filters,
        providers,
        entitySearch,
        identity,
        recent,
        starred,
        clock,
        logger,
        state,
        index: new RestartingSearchIndex({
          startThread: undefined,
          createIndex: createSearchIndex,
          logger,
        }),
      }),
    ));
    const contributions = (this.#contributions = new PortalContributions());
    const failures = new PluginFailures(attribution);
    const entityViews = (this.#entityViews = new EntityViews(attribution));
    const cards = { failures, pluginOf, translate: english };
    this.#pages = new EntityPages({ catalog, starred, cards, contributions, sources, logger });
    this.#home = new HomePage({ catalog, identity, starred, cards, contributions, state });
    host.register(
      createCorePlugin({
        catalog,
        engine,
        config,
        state,
        logger,
        identity,
        sources,
        contributions,
        entityViews,
        problems,
        entitySearch,
        recent,
        starred,
        actions: this.#actions,
        files: new EntityFilesService({
          engine,
          fileSystem,
          clock,
          changes: [this.#filesChanged.event],
        }),
        importer: createImportService({ fileSystem, clock, catalog: engine }),
        search: Object.assign(search, {
          addCollator: (collator: SearchCollator) => collators.add(collator),
          addSearchFilter: (filter: SearchFilter) => filters.add(filter),
          addProvider: (provider: SearchProvider) => providers.add(provider),
        }) satisfies SearchCollatorsExtensionPoint &
          SearchFiltersExtensionPoint &
          SearchProvidersExtensionPoint,
        scaffolder: missingService<
          ScaffolderService & ScaffolderActionsExtensionPoint & ScaffolderTemplatesExtensionPoint
        >('core.scaffolder', TEST_PORTALS, {
          addAction: action => this.#addAction(action),
          addTemplateProvider: provider => this.#templateProviders.add(provider),
        }),
        portal: missingService('core.portal', TEST_PORTALS, {
          activePage: undefined,
          open: async () => {},
        }),
        edits: missingService('core.edits', TEST_PORTALS),
        refactoring: missingService('core.refactoring', TEST_PORTALS),
        techdocs: missingService('core.techdocs', TEST_PORTALS),
        docsBuilder: missingService('core.docsBuilder', TEST_PORTALS),
        instances: missingService('core.instances', TEST_PORTALS),
        network: missingService('core.network', TEST_PORTALS),
        programs: missingService('core.programs', TEST_PORTALS),
        secrets: testSecrets(),
      }),
    );
    host.register(createCatalogPlugin());
    host.register(this.#testPlugin());
    this.api = createPortalApi(host, catalog).getApi(1);
  }

  get log(): TestPortal['log'] {
    return this.#logger.entries;
  }

  get plugins(): TestPortal['plugins'] {
    return this.#host.plugins;
  }

  get pluginErrors(): TestPortal['pluginErrors'] {
    return this.#host.details.flatMap(({ id, activity }) =>
      (activity?.errors ?? []).map(({ what, message }) => ({ plugin: id, what, message })),
    );
  }

  async start(): Promise<void> {
    await this.#host.whenSettled();
    await this.#refresh();
  }

  async register(plugin: PortalPlugin): Promise<Disposable> {
    const registration = this.api.registerPlugin(plugin);
    await this.settle();
    const info = this.plugins.find(({ id }) => id === plugin.id);
    if (info?.status === 'active') return registration;
    registration.dispose();
    throw new Error(`Plugin "${plugin.id}" is ${info?.status}: ${info?.error}`);
  }

  async write(files: Readonly<Record<string, string | undefined>>): Promise<void> {
    const changes = Object.entries(files).map(([path, text]) =>
      this.#fileSystem.write(this.uri(path), text),
    );
    await this.#engine.applyChanges(changes);
    this.#filesChanged.fire(changes);
    await this.settle();
  }

  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.#config.set(settings);
    await this.#refresh();
  }

  async settle(): Promise<void> {
    await this.#host.whenSettled();
    // Waits for pending updates.
    await this.#engine.applyChanges([]);
    await this.#problems.whenSettled();
  }

  uri(path: string): string {
    return joinUri(ROOT, path);
  }

  entity(ref: string): ReturnType<TestPortal['entity']> {
    return this.api.catalog.getEntityByRef(ref);
  }

  async problems({
    file,
    entityRef,
    code,
  }: NonNullable<Parameters<TestPortal['problems']>[0]> = {}): ReturnType<TestPortal['problems']> {
    await this.settle();
    return this.api.catalog
      .getProblems({
        ...(file !== undefined && { file: this.uri(file) }),
        ...(entityRef !== undefined && { entityRef }),
      })
      .filter(problem => code === undefined || problem.code === code);
  }

  async cards(ref: string, { tab }: { readonly tab?: string } = {}): Promise<readonly TestCard[]> {
    await this.settle();
    const { signal } = new AbortController();
    const request = { entityRef: fullRef(ref), ...(tab !== undefined && { tab }) };
    const { cards } = this.#pages.getPage(request, signal);
    return loadCards(cards, card => this.#pages.getCard({ ...request, card }, signal));
  }

  tabs(ref: string): ReturnType<TestPortal['tabs']> {
    const page = this.#pages.getPage({ entityRef: fullRef(ref) }, new AbortController().signal);
    return page.tabs.map(({ id, title, badge }) => ({
      id,
      title,
      ...(badge !== undefined && { badge }),
    }));
  }

  async homeCards(): Promise<readonly TestCard[]> {
    await this.settle();
    const { signal } = new AbortController();
    const { cards } = this.#home.getPage(signal);
    return loadCards(cards, card => this.#home.getCard({ card }, signal));
  }

  cells(ref: string): ReturnType<TestPortal['cells']> {
    const entity = this.#entityAt(ref);
    return Object.fromEntries(
      this.#entityViews.columns.flatMap(({ id }) => {
        const cell = this.#entityViews.cellOf(id, entity);
        return cell ? [[id, cell]] : [];
      }),
    );
  }

  decorations(ref: string): ReturnType<TestPortal['decorations']> {
    return this.#entityViews.decorationsOf(this.#entityAt(ref));
  }

  groups(ref: string, id: string): readonly (readonly string[])[] {
    const grouping = this.#groupings?.get(id);
    if (!grouping) throw new Error(`There is no grouping "${id}"`);
    return grouping.groupsOf(this.#entityAt(ref)).map(path => path.map(({ label }) => label));
  }

  entityCommands(ref: string): readonly string[] {
    const entity = this.#entityAt(ref);
    return (this.#commands?.all() ?? [])
      .filter(({ where }) => !where || matchesPredicate(where, entity))
      .filter(command => command.isEnabled?.(entity) ?? true)
      .map(({ id }) => id);
  }

  async runEntityCommand(id: string, ref: string): Promise<unknown> {
    if (!this.entityCommands(ref).includes(id)) {
      throw new Error(`The command "${id}" isn't available for ${ref}`);
    }
    return this.#commands?.get(id)?.run(this.#entityAt(ref));
  }

  runCommand(id: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.#actions.execute(id, args);
  }

  async search(query: string): ReturnType<TestPortal['search']> {
    await this.settle();
    const { signal } = new AbortController();
    this.#search.start();
    await this.#search.whenReady(signal);
    return this.#search.find({ query, limit: 100, withFacets: true, withPlaces: true }, signal);
  }

  async runAgentTool(
    id: string,
    input: Parameters<TestPortal['runAgentTool']>[1] = {},
  ): ReturnType<TestPortal['runAgentTool']> {
    await this.settle();
    const tool = this.#contributions.agentTools.get(id);
    if (!tool) throw new Error(`There is no tool "${id}"`);
    return tool.run(input, new AbortController().signal);
  }

  async runAction(
    id: string,
    { input = {}, isDryRun = false }: Parameters<TestPortal['runAction']>[1] = {},
  ): ReturnType<TestPortal['runAction']> {
    return runTestAction({ id, input, isDryRun, root: ROOT }, this.#scaffolderActions);
  }

  async templates(): ReturnType<TestPortal['templates']> {
    await this.settle();
    const { ProvidedTemplates } = await import('../features/scaffolder/core');
    const templates = new ProvidedTemplates({
      fileSystem: this.#fileSystem,
      provided: () => this.#templateProviders.all(),
      logger: this.#logger,
    });
    return (await templates.load()).map(({ ref, title, type, plugin }) => ({
      ref,
      title,
      type,
      from: plugin ?? '',
    }));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** A plugin that takes what the catalog's views would. */
  #testPlugin(): PortalPlugin {
    return createPortalPlugin({
      id: 'test-portal',
      register: env =>
        env.registerInit({
          deps: {
            catalog: coreServices.catalog,
            collators: extensionPoints.searchCollators,
            contributions: catalogContributionsRef,
          },
          init: async ({ catalog, collators, contributions }) => {
            this.#groupings = contributions.groupings;
            this.#commands = contributions.commands;
            const added = await loadEntityCollators(catalog);
            return added.flatMap(collator => [collator, collators.addCollator(collator)]);
          },
        }),
    });
  }

  #addAction(action: ScaffolderAction): Disposable {
    const registration = this.#scaffolderActions.add(action);
    this.#engine.setTemplateActions(this.#scaffolderActions.all());
    return toDisposable(() => {
      registration.dispose();
      this.#engine.setTemplateActions(this.#scaffolderActions.all());
    });
  }

  async #refresh(): Promise<void> {
    const { options, errors } = readCatalogOptions(key =>
      this.#config.get(key.replace(/^callboard\./, '')),
    );
    if (errors.length) throw new TypeError(`Invalid settings: ${errors.join('; ')}`);
    this.#engine.setOptions(options);
    await this.#engine.refresh();
    await this.settle();
  }

  #entityAt(ref: string): NonNullable<ReturnType<TestPortal['entity']>> {
    const entity = this.entity(ref);
    if (!entity) throw new Error(`There is no entity ${ref}`);
    return entity;
  }
}

function fullRef(ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

async function loadCards(
  cards: readonly CardView[],
  load: (id: string) => Promise<{ readonly card?: CardView | undefined }>,
): Promise<readonly TestCard[]> {
  const loaded = cards.map(async card =>
    card.state === 'pending' ? (await load(card.id)).card : card,
  );
  return (await Promise.all(loaded)).flatMap(card => (card ? testCard(card) : []));
}

function testCard({ id, title, content, error, refusal }: CardView): TestCard {
  const message = error ?? refusal;
  return {
    id,
    title,
    ...(content && { content }),
    ...(message !== undefined && { error: message }),
  };
}
