import type { LoadedTemplate, SearchCollator, SearchFilter } from '../../api';
import {
  type DisposableStore,
  Emitter,
  english,
  type Logger,
  onDemand,
  Registry,
} from '../../base';
import type { CatalogEngine } from '../../features/catalog/core';
import {
  createSearchIndex,
  DefaultSearchService,
  RestartingSearchIndex,
} from '../../features/search/core';
import type { HeadlessPlugins } from '../../features/plugins/core/headless';
import type { ProvidedTemplates } from '../../features/scaffolder/core';
import { EntitySearch } from '../../features/search/core/entities';
import { TechDocsSites } from '../../features/techdocs/core';
import type { Environment } from '../../platform/core/ports';
import type { CommandContext, TemplatesOutsideCatalog } from '../command';
import { generatorOfFolder, techDocsCoreOfFolder } from '../docsGenerator';
import { terminalLogger } from '../terminal';
import { openPlugins, pluginsWithCode } from './openPlugins';

export interface OpenedSearch {
  readonly search: DefaultSearchService;
  /** The searched docs, for change notifications. */
  readonly techdocs: TechDocsSites;
  /** The plugins, if there are any. */
  readonly plugins: HeadlessPlugins | undefined;
}

/**
 * Opens a search over a catalog and the collators of plugins. The store disposes it.
 *
 * @param environment - variables for `!ENV` in a `mkdocs.yml`
 * @param mine - full refs of the user and the user's groups; default: the user is unknown
 */
export async function openSearch({
  catalog,
  context,
  store,
  environment,
  mine = () => [],
}: {
  readonly catalog: CatalogEngine;
  readonly context: CommandContext;
  readonly store: DisposableStore;
  readonly environment: Environment;
  readonly mine?: () => readonly string[];
}): Promise<OpenedSearch> {
  const { clock, fileSystem, terminal, workers } = context;
  const logger = terminalLogger(terminal);
  const [root] = catalog.roots;
  const techdocs = store.add(
    new TechDocsSites({
      generator: root && (await generatorOfFolder(root.uri, environment, context)),
      techDocsCore: root && (await techDocsCoreOfFolder(root.uri, context)),
      fileSystem,
      clock,
      logger,
      catalog,
      environment: () => environment,
      workers: workers?.pool,
    }),
  );
  const collators = new Registry<SearchCollator>();
  const filters = new Registry<SearchFilter>();
  const templatesChanged = store.add(new Emitter<void>());
  const scaffolder: TemplatesOutsideCatalog = {
    onDidChange: templatesChanged.event,
    ...templatesOutsideCatalog({
      context,
      logger,
      pluginsOf: () => plugins,
      changed: templatesChanged,
    }),
  };
  const deps = { catalog, files: fileSystem, techdocs, scaffolder, logger, translate: english };
  for (const collator of await context.collators(deps)) store.add(collators.add(collator));
  const roots = catalog.roots.map(({ uri }) => uri);
  const shared = await pluginsWithCode(catalog, roots, context);
  const plugins: HeadlessPlugins | undefined =
    shared ?? (await openPlugins(catalog, roots, context));
  if (plugins) {
    if (!shared) store.add(plugins);
    store.add(plugins.templates.onDidChange(() => templatesChanged.fire()));
    for (const collator of plugins.collators.all()) store.add(collators.add(collator));
    for (const thread of plugins.code?.threads ?? []) {
      for (const filter of thread.filters.all()) store.add(filters.add(filter));
    }
  }
  const search = store.add(
    new DefaultSearchService({
      catalog,
      collators,
      filters,
      clock,
      logger,
      entitySearch: store.add(new EntitySearch(catalog)),
      identity: { getOwnershipRefs: mine },
      recent: { viewed: () => [], edited: () => [] },
      starred: { all: () => [] },
      // The process only searches, so it needs no thread.
      index: new RestartingSearchIndex({
        startThread: undefined,
        createIndex: createSearchIndex,
        logger,
      }),
    }),
  );
  return { search, techdocs, plugins };
}

function templatesOutsideCatalog({
  context: { templates, fileSystem },
  logger,
  pluginsOf,
  changed,
}: {
  readonly context: CommandContext;
  readonly logger: Logger;
  readonly pluginsOf: () => HeadlessPlugins | undefined;
  /** Fired when a plugin reports a change. */
  readonly changed: Emitter<void>;
}): Pick<TemplatesOutsideCatalog, 'getTemplates' | 'loadTemplate'> {
  const loadShipped = onDemand(async () => {
    const { readShippedTemplates } = await import('../../features/scaffolder/core');
    // Other distributions of the program may omit the templates.
    if (!(await fileSystem.stat(templates))) return [];
    return readShippedTemplates(templates, fileSystem);
  });
  let provided: ProvidedTemplates | undefined;
  const load = async (): Promise<readonly Omit<LoadedTemplate, 'actions'>[]> => {
    const plugins = pluginsOf();
    if (!plugins?.templates.all().length) return loadShipped();
    const { ProvidedTemplates: Provided } = await import('../../features/scaffolder/core');
    if (!provided) {
      const { fileSystem: files, templates: providers } = plugins;
      provided = new Provided({ fileSystem: files, provided: () => providers.all(), logger });
      provided.onDidChange(() => changed.fire());
    }
    return [...(await provided.load()), ...(await loadShipped())];
  };
  return {
    getTemplates: load,
    loadTemplate: async ref => (await load()).find(template => template.ref === ref),
  };
}
