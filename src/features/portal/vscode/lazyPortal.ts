import * as vscode from 'vscode';
import type {
  ActionsService,
  OpenPageOptions,
  PortalPage,
  PortalPlugin,
  PortalService,
} from '../../../api';
import { type Disposable, DisposableStore, joinUri, onDemand } from '../../../base';
import type { GitClient } from '../../../platform/core/ports';
import { fromUri, workspaceFolderUris } from '../../../platform/vscode/convert';
import type { Platform } from '../../../platform/vscode/platform';
import { mayCause, readSetting } from '../../../platform/vscode/trust';
import type { PluginHost } from '../../plugins/core';
import type { CommittedChange } from '../core';
import type { PortalPanels, PortalPanelsDeps } from './panels/portalPanels';

export interface LazyPortalDeps extends Omit<PortalPanelsDeps, 'jsonRpc'> {
  readonly actions: ActionsService;
  readonly host: PluginHost;
  readonly platform: Platform;
  /** Loads the plugins with the built-in cards. */
  readonly loadPlugins: () => Promise<{
    readonly createPortalPlugins: (deps: {
      readonly getRecentChanges: () => Promise<readonly CommittedChange[]>;
    }) => readonly PortalPlugin[];
  }>;
  readonly git: Pick<GitClient, 'lastChange' | 'recentChanges'>;
}

/** Loads the portal when a page is first opened, restored or linked to. */
export class LazyPortal implements PortalService, Disposable {
  #deps: LazyPortalDeps;
  #store = new DisposableStore();
  /** Undefined until the portal is loaded. */
  #panels: PortalPanels | undefined;

  constructor(deps: LazyPortalDeps) {
    this.#deps = deps;
    const { actions, user } = deps;
    const opening = (id: string, page: PortalPage): Disposable =>
      actions.registerCommand(id, () => this.open(page));
    for (const disposable of [
      opening('callboard.portal.home', { page: 'home' }),
      opening('callboard.portal.catalog', { page: 'catalog' }),
      opening('callboard.portal.apis', { page: 'catalog', query: { kind: 'api' } }),
      opening('callboard.portal.create', { page: 'create' }),
      opening('callboard.portal.graph', { page: 'graph' }),
      opening('callboard.portal.organization', { page: 'organization' }),
      // The id of earlier versions, which keybindings may contain.
      opening('callboard.portal.organisation', { page: 'organization' }),
      actions.registerCommand('callboard.portal.back', async () => (await this.#load()).go('back')),
      actions.registerCommand('callboard.portal.forward', async () =>
        (await this.#load()).go('forward'),
      ),
      vscode.window.registerWebviewPanelSerializer('callboard.portal', {
        deserializeWebviewPanel: async (panel, state) => (await this.#load()).restore(panel, state),
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => user.recent.save(fromUri(uri))),
      vscode.window.registerUriHandler({
        handleUri: uri => actions.run(vscode.l10n.t('Open Link'), () => this.#follow(uri)),
      }),
    ]) {
      this.#store.add(disposable);
    }
  }

  get activePage(): PortalPage | undefined {
    return this.#panels?.activePage;
  }

  async open(page: PortalPage, options?: OpenPageOptions): Promise<void> {
    await (await this.#load()).open(page, options);
  }

  /** Opens the Callboard view and the home page in a window without editors, if the setting says so. */
  async openOnStartup(): Promise<void> {
    const isWanted = readSetting('callboard.portal.openOnStartup');
    if (isWanted !== true) return;
    const { tabGroups } = vscode.window;
    // Without a group, the window hasn't reported which editors it restores.
    if (tabGroups.all.length === 0) await nextEvent(tabGroups.onDidChangeTabGroups);
    if (tabGroups.all.some(({ tabs }) => tabs.length > 0)) return;
    await vscode.commands.executeCommand('workbench.view.extension.callboard');
    await vscode.commands.executeCommand('callboard.portal.home');
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #follow(uri: vscode.Uri): Promise<void> {
    const { pageOfUri } = await import('./deepLinks');
    await this.open(pageOfUri(uri.path, uri.query));
  }

  #load = onDemand(async (): Promise<PortalPanels> => {
    const { platform } = this.#deps;
    const [{ PortalPanels: Panels }, jsonRpc] = await Promise.all([
      import('./panels/portalPanels'),
      platform.loadJsonRpc(),
      this.#registerPlugins(),
    ]);
    this.#panels = this.#store.add(new Panels({ ...this.#deps, jsonRpc }));
    return this.#panels;
  });

  #changes: { readonly at: number; readonly list: Promise<readonly CommittedChange[]> } | undefined;

  /** Committed changes below the workspace folders, the latest first. Git may run programs that a repository names. */
  #recentChanges(): Promise<readonly CommittedChange[]> {
    if (!mayCause('gitHistory')) return Promise.resolve([]);
    const { clock } = this.#deps.platform;
    const at = clock.now();
    if (!this.#changes || at - this.#changes.at > KEEP_CHANGES) {
      this.#changes = { at, list: this.#askGit() };
    }
    return this.#changes.list;
  }

  async #askGit(): Promise<readonly CommittedChange[]> {
    const folders = workspaceFolderUris();
    const changes = await Promise.all(
      folders.map(async folder =>
        (await this.#deps.git.recentChanges(folder)).map(({ path, ...change }) => ({
          ...change,
          file: joinUri(folder, path),
        })),
      ),
    );
    return changes.flat().sort((a, b) => b.time - a.time);
  }

  #registerPlugins = onDemand(async (): Promise<void> => {
    const { host, loadPlugins } = this.#deps;
    const { createPortalPlugins } = await loadPlugins();
    const plugins = createPortalPlugins({ getRecentChanges: () => this.#recentChanges() });
    for (const plugin of plugins) this.#store.add(host.register(plugin));
    await host.whenSettled();
  });
}

/** Milliseconds to keep the list of recent changes. */
const KEEP_CHANGES = 60_000;

function nextEvent(event: vscode.Event<unknown>): Promise<void> {
  return new Promise(resolve => {
    const subscription = event(() => {
      subscription.dispose();
      resolve();
    });
  });
}
