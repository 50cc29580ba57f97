import * as vscode from 'vscode';
import {
  type CatalogService,
  type Disposable,
  DisposableStore,
  runInSlices,
  type Translate,
  TurnQueue,
} from '../../../../../api';
import {
  type CatalogTreeModel,
  type CatalogTreeNode,
  type NodeColor,
  type NodePresentation,
} from '../..';
import { decorationUri } from '../decorations';

export interface CatalogTreeProviderDeps {
  readonly model: CatalogTreeModel;
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

const colors: Readonly<Record<NodeColor, string>> = {
  warning: 'problemsWarningIcon.foreground',
  error: 'problemsErrorIcon.foreground',
};

const states: Readonly<Record<NodePresentation['state'], vscode.TreeItemCollapsibleState>> = {
  leaf: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

/** Provides the model's rows to the editor. */
export class CatalogTreeProvider implements vscode.TreeDataProvider<CatalogTreeNode>, Disposable {
  #deps: CatalogTreeProviderDeps;
  #store = new DisposableStore();
  #turns = new TurnQueue();
  #changed = new vscode.EventEmitter<CatalogTreeNode[] | undefined>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: CatalogTreeProviderDeps) {
    this.#deps = deps;
    this.#store.add(this.#changed);
    this.#store.add(
      deps.model.onDidChange(nodes => {
        if (nodes?.length !== 0) this.#changed.fire(nodes && [...nodes]);
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  async getChildren(node?: CatalogTreeNode): Promise<CatalogTreeNode[]> {
    const { catalog, model } = this.#deps;
    // A partial catalog would look complete; the welcome view shows that it is being read.
    if (catalog.status !== 'ready' && !catalog.getEntityRefs().length) return [];
    // Rows that came with a later refresh would come after problems: the editor delays refreshes.
    if (!model.isBuilt) await model.build();
    return [...((await runInSlices(model.listChildren(node))) ?? [])];
  }

  getParent(node: CatalogTreeNode): CatalogTreeNode | undefined {
    return node.parent;
  }

  /** Queued, because the editor requests all rows of a list at once. */
  getTreeItem(node: CatalogTreeNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.#turns.run(() => this.#itemOf(node));
  }

  #itemOf(node: CatalogTreeNode): vscode.TreeItem {
    const { model } = this.#deps;
    const shown = model.present(node);
    const item = new vscode.TreeItem(
      { label: shown.label, highlights: highlights(shown.label, model.filter.words) },
      states[shown.state],
    );
    item.id = node.id;
    item.description = shown.description;
    item.contextValue = shown.contextValue;
    item.accessibilityInformation = { label: shown.accessibilityLabel };
    if (shown.icon !== undefined) {
      const color = shown.iconColor ? colors[shown.iconColor] : shown.sourceColor;
      item.iconPath = new vscode.ThemeIcon(
        shown.icon,
        color === undefined ? undefined : new vscode.ThemeColor(color),
      );
    }
    item.resourceUri = decorationUri(node);
    item.command = clickCommand(node, shown);
    return item;
  }

  /** Tooltips are built only for hovered rows. */
  async resolveTreeItem(item: vscode.TreeItem, node: CatalogTreeNode): Promise<vscode.TreeItem> {
    const text = await this.#tooltip(node);
    // Untrusted by default: no commands and no HTML from descriptors.
    if (text !== undefined) item.tooltip = new vscode.MarkdownString(text, true);
    return item;
  }

  async #tooltip(node: CatalogTreeNode): Promise<string | undefined> {
    const { model, catalog, translate } = this.#deps;
    const { danglingTooltip, entityTooltip, failedTooltip } =
      await import('../../tree/entityTooltip');
    if (node.type === 'failed') return failedTooltip(node.failed, { catalog, translate });
    const ref = model.entityRefOf(node);
    if (ref === undefined) return undefined;
    const entity = catalog.getEntityByRef(ref);
    return entity ? entityTooltip(entity, { catalog, translate }) : danglingTooltip(ref, translate);
  }
}

/** Returns the command for a click or Enter. Groups have none, so that a click expands them. */
function clickCommand(
  node: CatalogTreeNode,
  { contextValue }: NodePresentation,
): vscode.Command | undefined {
  if (node.type === 'more') {
    return {
      command: 'callboard.catalog.showMore',
      title: vscode.l10n.t('Show More'),
      arguments: [node],
    };
  }
  const opens = node.type !== 'group' && contextValue.split(' ').includes('source');
  return opens
    ? {
        command: 'callboard.entity.open',
        title: vscode.l10n.t('Open Definition'),
        arguments: [node],
      }
    : undefined;
}

/** Returns the ranges of the filter's words in a label. */
function highlights(label: string, words: readonly string[]): [number, number][] {
  const lower = label.toLowerCase();
  // Lowercasing may change the length, which would shift the ranges.
  if (lower.length !== label.length) return [];
  return words.flatMap((word): [number, number][] => {
    const at = lower.indexOf(word.toLowerCase());
    return at === -1 ? [] : [[at, at + word.length]];
  });
}
