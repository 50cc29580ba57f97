import * as vscode from 'vscode';
import {
  type CatalogSourceInfo,
  type Disposable,
  DisposableStore,
  toDisposable,
  translateCount,
  withoutLinks,
} from '../../../../api';
import { FocusedRow } from '../../../../platform/vscode/trees';
import {
  nodesBelow,
  presentSourceNode,
  type SourceNode,
  sourceNodes,
  type SourceRemedy,
  type SourceRow,
} from '..';
import type { SourcesContext } from './sourcesContext';

const VIEW_ID = 'callboard.sources';
/** Key of the workspace state: whether the user has opened the view without sources. */
const OPENED = 'sources.isOpened';
/** Interval for updating ages, in milliseconds. */
const TICK = 60_000;
/** Milliseconds to collect changes for. */
const DELAY = 50;
/** Milliseconds before the focused row is read again; VS Code reads rows after 200. */
const PAUSE = 50;

const remedyCommands: Readonly<Record<SourceRemedy, string>> = {
  signIn: 'callboard.sources.signIn',
  setToken: 'callboard.sources.setToken',
  retry: 'callboard.sources.refresh',
  openSettings: 'callboard.sources.openSettings',
  allowKinds: 'callboard.sources.allowKinds',
};

export type SourcesViewDeps = Pick<SourcesContext, 'sources' | 'state'>;

/** The Sources view. Visible if there are sources, or if the user has opened it. */
export class SourcesView implements vscode.TreeDataProvider<SourceNode>, Disposable {
  readonly #deps: SourcesViewDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly #tree: vscode.TreeView<SourceNode>;
  readonly #focused = new FocusedRow<SourceNode>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isShown: boolean | undefined;
  #contexts = new Map<string, boolean>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: SourcesViewDeps) {
    this.#deps = deps;
    this.#tree = this.#store.add(vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this }));
    this.#store.add(deps.sources.onDidChange(() => this.#updateSoon()));
    this.#store.add(this.#tree.onDidChangeSelection(e => this.#focused.noteSelection(e.selection)));
    this.#store.add(this.#tree.onDidChangeVisibility(() => this.#changed.fire(undefined)));
    const ticking = setInterval(() => {
      if (this.#tree.visible) this.#changed.fire(undefined);
    }, TICK);
    this.#store.add(toDisposable(() => clearInterval(ticking)));
    this.#store.add(toDisposable(() => clearTimeout(this.#timer)));
    this.#update();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Returns the focused row, for keyboard shortcuts only. */
  findFocused(): Promise<SourceNode | undefined> {
    return this.#focused.find(
      () => vscode.commands.executeCommand('list.toggleSelection'),
      () => new Promise(resolve => setTimeout(resolve, PAUSE)),
    );
  }

  async show(): Promise<void> {
    await this.#deps.state.set(OPENED, true);
    await this.#setShown();
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  }

  getChildren(node?: SourceNode): SourceNode[] {
    const { sources } = this.#deps;
    if (!node) return [...sourceNodes(sources.getSources())];
    const source = node.type === 'source' ? this.#sourceOf(node) : undefined;
    return source ? [...nodesBelow(source)] : [];
  }

  getTreeItem(node: SourceNode): vscode.TreeItem {
    const row = presentSourceNode(node, this.#sourceOf(node), {
      translate: vscode.l10n.t,
      now: Date.now(),
    });
    // The editor doesn't know yet that the row is gone.
    return row ? itemOf(node, row) : new vscode.TreeItem('');
  }

  #sourceOf({ sourceId }: SourceNode): CatalogSourceInfo | undefined {
    return this.#deps.sources.getSources().find(({ id }) => id === sourceId);
  }

  /** Updates are delayed, because a row that is redrawn for each progress message can't be clicked. */
  #updateSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#update();
    }, DELAY);
  }

  #update(): void {
    const sources = this.#deps.sources.getSources();
    const failing = sources.filter(({ failure }) => failure).length;
    this.#tree.badge = failing
      ? {
          value: failing,
          tooltip: translateCount(failing, {
            one: "{0} source can't be fetched",
            other: "{0} sources can't be fetched",
          }),
        }
      : undefined;
    // Shows the first problem; the log has all.
    const [problem] = this.#deps.sources.getSettingProblems();
    this.#tree.message = problem === undefined ? undefined : withoutLinks(problem);
    void this.#setShown();
    void this.#setContexts();
    this.#changed.fire(undefined);
  }

  /** Sets the context keys for menus that need sources, or a running Backstage. */
  async #setContexts(): Promise<void> {
    const all = this.#deps.sources.getSources();
    await this.#setContext('callboard.hasSources', all.length > 0);
    const hasInstances = all.some(({ type }) => type === 'backstage');
    await this.#setContext('callboard.hasInstances', hasInstances);
  }

  async #setContext(key: string, value: boolean): Promise<void> {
    if (this.#contexts.get(key) === value) return;
    this.#contexts.set(key, value);
    await vscode.commands.executeCommand('setContext', key, value);
  }

  async #setShown(): Promise<void> {
    const { sources, state } = this.#deps;
    const isShown =
      sources.getSources().length > 0 ||
      sources.getSettingProblems().length > 0 ||
      state.get(OPENED) === true;
    if (this.#isShown === isShown) return;
    this.#isShown = isShown;
    await vscode.commands.executeCommand('setContext', `${VIEW_ID}.isShown`, isShown);
  }
}

function itemOf(node: SourceNode, row: SourceRow): vscode.TreeItem {
  const { Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(row.label, row.isFolder ? Expanded : None);
  // The editor keeps the collapsed state by id; a new id expands rows of new failures.
  item.id = row.isFolder ? `${node.id} failed` : node.id;
  if (row.description !== undefined) item.description = row.description;
  item.contextValue = row.contextValue;
  // Plain text, because names and messages are untrusted.
  item.tooltip = row.tooltip;
  item.accessibilityInformation = { label: row.accessibilityLabel };
  item.iconPath = new vscode.ThemeIcon(
    row.icon,
    row.iconColor === undefined ? undefined : new vscode.ThemeColor(row.iconColor),
  );
  if (node.type === 'remedy') {
    item.command = {
      command: remedyCommands[node.remedy],
      title: row.label,
      arguments: [node],
    };
  }
  return item;
}
