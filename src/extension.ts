import * as vscode from 'vscode';
import { version } from '../package.json';
import type { PortalExports } from './api';
import { onDemand, setDisplayLanguage } from './base';
import { createHost } from './desktop';
import { BackstageMode, editAppConfigs } from './features/appConfig/vscode';
import { createImportService } from './features/authoring/core/import';
import { importPlugin } from './features/authoring/plugin/vscode';
import { LazyLanguageServer, lazyEdits } from './features/authoring/vscode';
import { CatalogEngine, EntityFilesService } from './features/catalog/core';
import { snapshotIn } from './features/catalog/core/snapshot';
import { catalogPlugin, catalogViewsPlugin } from './features/catalog/plugin/vscode';
import {
  CatalogController,
  CatalogDiagnostics,
  registerModelExport,
  UserServices,
  VsCodeIdentityService,
} from './features/catalog/vscode';
import {
  createCatalogFacade,
  createCorePlugin,
  createPortalApi,
  EntityViews,
  LazyProblems,
  PluginHost,
  PortalContributions,
} from './features/plugins/core';
import {
  addLatePlugin,
  layersOfPlugins,
  lazyPermissions,
  type LatePluginDeps,
  placeOfExtension,
  pluginServices,
  runWorkspacePlugins,
  showPlugins,
} from './features/plugins/vscode';
import { LazyPortal } from './features/portal/vscode';
import { documentationOf, registerProblemDocumentation } from './features/problems/vscode';
import { lazyScaffolder } from './features/scaffolder/vscode';
import { lazySearch } from './features/search/vscode';
import { lazySources } from './features/sources/vscode';
import { lazyTechDocs, withMarkdownPreview } from './features/techdocs/vscode';
import { OverlayFileSystem } from './platform/core/files';
import { fromUri } from './platform/vscode/convert';
import { displayLanguage } from './platform/vscode/displayLanguage';
import { UnsavedTexts } from './platform/vscode/files/unsavedTexts';
import { VsCodeFileWatcher } from './platform/vscode/files/vsCodeFileWatcher';
import { registerCommandLineTasks } from './platform/vscode/tasks/commandLineTaskProvider';
import { readCommandTitles, VsCodeActionsService } from './platform/vscode/vsCodeActionsService';
import { channelLogger } from './platform/vscode/vsCodeLogger';
import { stateService, VsCodeConfigService } from './platform/vscode/vsCodeStateService';

let saveCatalog: (() => Promise<void>) | undefined;

/** Called by VS Code once per window, when something of Callboard is first needed. */
export function activate(context: vscode.ExtensionContext): PortalExports {
  setDisplayLanguage(displayLanguage());
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const channel = own(vscode.window.createOutputChannel('Callboard', { log: true }));
  const logger = channelLogger(channel);
  const showLog = (): void => channel.show();
  const { packageJSON: manifest } = context.extension as { packageJSON: unknown };
  const { extensionUri, globalState, secrets, workspaceState: memory } = context;
  const { platform, git, startLanguageServer, loadMarkdownPreview, ...tools } = createHost();
  const { clock, environment } = platform;
  const titles = readCommandTitles(manifest);
  const actions = new VsCodeActionsService({ clock, logger, showLog, titles });
  own(actions.registerCommand('callboard.showLog', showLog));

  const texts = own(new UnsavedTexts());
  const watcher = own(new VsCodeFileWatcher({ clock, logger }));
  const sources = own(lazySources(context.globalStorageUri));
  const fileSystem = sources.over(new OverlayFileSystem(platform.fileSystem, texts));
  const changes = [watcher.onDidChange, texts.onDidChange];
  const scriptOf = (name: string): string =>
    vscode.Uri.joinPath(extensionUri, 'dist', name).toString();
  const pool = platform.createWorkerPool(scriptOf('worker.mjs'));
  if (pool) own(pool);
  const store = context.storageUri && platform.createBlobStore(fromUri(context.storageUri));
  const state = stateService(memory);
  const loadChoices = onDemand(async () => {
    const { PluginChoices } = await import('./features/plugins/core/outside');
    return own(new PluginChoices({ user: stateService(globalState), workspace: state }));
  });
  const findPluginLayers = layersOfPlugins(fileSystem, loadChoices);
  const snapshot = store && snapshotIn(store, version);
  const reading = { fileSystem, clock, logger, snapshot, findPluginLayers, ...sources.catalogDeps };
  const engine = own(new CatalogEngine(reading));
  saveCatalog = () => engine.save();
  const permissions = lazyPermissions(loadChoices);
  const host = own(new PluginHost({ logger, clock, loadChoices, permissions }));
  const pluginOf = (contribution: object): string | undefined => host.pluginOf(contribution);
  const onFailure: PluginHost['reportFailure'] = (...failure) => host.reportFailure(...failure);
  const attribution = { logger, pluginOf, onFailure };
  const problems = own(new LazyProblems({ engine, fileSystem, changes, clock, ...attribution }));
  const catalog = createCatalogFacade(engine, problems);
  const config = own(new VsCodeConfigService());
  const identity = own(new VsCodeIdentityService({ catalog, config, git, logger }));

  const diagnostics = own(new CatalogDiagnostics({ catalog: engine, documentationOf }));
  own(new CatalogDiagnostics({ catalog: problems, documentationOf, name: 'callboard-plugins' }));
  const files = { fileSystem, clock, logger, engine, platform, changes, extensionUri, ...tools };
  const server = { ...files, sources, channel, diagnostics, documentationOf };
  const start = startLanguageServer && (() => startLanguageServer(server));
  const languageServer = own(new LazyLanguageServer({ start, logger }));

  const user = own(new UserServices({ catalog, state, logger }));
  const contributions = new PortalContributions();
  const entityViews = new EntityViews(attribution);
  const search = own(lazySearch({ ...files, ...user, catalog, identity, store, version, state }));
  const techdocs = own(lazyTechDocs({ ...files, sources, documentationOf, workers: pool }));
  const late = { ...files, actions, catalog, identity, secrets, state, workers: pool };
  const scaffolder = own(lazyScaffolder({ ...late, sources, instances: sources }));
  const portal = own(
    new LazyPortal({
      ...files,
      actions,
      catalog,
      contributions,
      entityViews,
      git,
      host,
      identity,
      suggestUser: () => identity.suggestUser(),
      state,
      user,
      techdocs,
      search,
      sources,
      instances: sources,
      workers: pool,
      forms: scaffolder,
      relationPairs: () => engine.relationPairs,
      loadPlugins: () => import('./features/portal/plugin/vscode'),
    }),
  );
  // Plugins don't reach this machine and its link-local network.
  const openHttp = async () => (await tools.loadSourceTools()).openHttp(() => false);
  const corePlugin = createCorePlugin({
    files: new EntityFilesService({ engine, fileSystem, changes, clock }),
    ...user,
    catalog,
    engine,
    config,
    state,
    search,
    instances: sources,
    portal,
    contributions,
    entityViews,
    problems,
    logger,
    actions,
    identity,
    edits: lazyEdits(catalog),
    importer: createImportService({ fileSystem, clock, catalog: engine }),
    refactoring: languageServer,
    techdocs,
    docsBuilder: techdocs,
    scaffolder,
    sources,
    ...pluginServices({ platform, secrets, openHttp }),
  });
  const countEntities = (provider: string): number => engine.countProvidedEntities(provider);
  own(showPlugins({ host, loadChoices, actions, memory, countEntities, catalog }));
  const builtins = [catalogPlugin, catalogViewsPlugin, importPlugin];
  for (const plugin of [corePlugin, ...builtins]) host.register(plugin);
  const addLate = (prefix: string, load: LatePluginDeps['load']) =>
    own(addLatePlugin({ actions, host, logger, titles, prefix, load }));
  addLate('callboard.agents.', async () =>
    (await import('./features/agents/vscode')).agents({
      ...files,
      pluginOf,
      pluginTools: () => contributions.agentTools.all(),
    }),
  );
  addLate('callboard.apis.', async () =>
    (await import('./features/apis/plugin/vscode')).apis({ workers: pool }),
  );
  addLate('callboard.instances.', () => import('./features/backstage/plugin/vscode'));
  addLate('callboard.docs.', () => import('./features/techdocs/plugin/vscode'));
  addLate('callboard.problems.', () => import('./features/problems/plugin/vscode'));
  addLate('callboard.search.', () => import('./features/search/plugin/vscode'));
  addLate('callboard.sources.', () => import('./features/sources/plugin/vscode'));
  addLate('callboard.templates.', () => import('./features/scaffolder/plugin/vscode'));
  if (!platform.node) {
    // Templates and local clones need a machine.
    void vscode.commands.executeCommand('setContext', 'callboard.isBrowser', true);
  }
  const exports = createPortalApi(host, catalog, placeOfExtension);
  own(runWorkspacePlugins({ ...files, host, problems, exports }));
  const { node, programs } = platform;
  if (node) own(registerCommandLineTasks({ node, extensionUri }));
  if (node && programs) own(registerModelExport({ ...files, actions, node, programs }));
  own(registerProblemDocumentation({ actions, extensionUri }));
  const backstage = own(new BackstageMode({ actions, memory, environment, logger }));
  own(editAppConfigs({ ...files, catalog, backstage, environment, documentationOf }));
  const controller = own(new CatalogController({ ...files, actions, outside: watcher, backstage }));
  sources.connect(late);
  void controller.start();
  void backstage.offer();
  void portal.openOnStartup();

  const loadPreview = () => loadMarkdownPreview(scriptOf('markdownPreview.js'));
  return withMarkdownPreview(exports, loadPreview);
}

/** Called by VS Code when the window closes; waited for, but not for long. */
export async function deactivate(): Promise<void> {
  await saveCatalog?.();
}
