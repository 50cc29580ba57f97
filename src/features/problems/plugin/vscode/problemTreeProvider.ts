import * as vscode from 'vscode';
import type { CatalogService, Severity } from '../../../../api';
import { type Disposable, DisposableStore, Turns } from '../../../../base';
import { isKnown, type ProblemNode, type ProblemTreeModel } from '..';

export interface ProblemTreeProviderDeps {
  readonly catalog: CatalogService;
  readonly model: ProblemTreeModel;
}

/** The icons and colours of the Problems panel. */
const icons: Readonly<Record<Severity, vscode.ThemeIcon>> = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
  info: new vscode.ThemeIcon('info', new vscode.ThemeColor('problemsInfoIcon.foreground')),
  hint: new vscode.ThemeIcon('lightbulb'),
};

/** Gives the rows of the model to the editor, as it asks for them. */
export class ProblemTreeProvider implements vscode.TreeDataProvider<ProblemNode>, Disposable {
  #deps: ProblemTreeProviderDeps;
  #store = new DisposableStore();
  #turns = new Turns();
  #changed = this.#store.add(new vscode.EventEmitter<undefined>());

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: ProblemTreeProviderDeps) {
    this.#deps = deps;
    this.#store.add(deps.model.onDidChange(() => this.#changed.fire(undefined)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  getChildren(node?: ProblemNode): ProblemNode[] {
    const { catalog, model } = this.#deps;
    return isKnown(catalog) ? [...model.getChildren(node)] : [];
  }

  getParent(node: ProblemNode): ProblemNode | undefined {
    return this.#deps.model.getParent(node);
  }

  /** The editor asks for the rows of a whole list at once; not all of them can be told in one go. */
  getTreeItem(node: ProblemNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.#turns.run(() => this.#itemOf(node));
  }

  #itemOf(node: ProblemNode): vscode.TreeItem {
    const shown = this.#deps.model.present(node);
    const item = new vscode.TreeItem(
      shown.label,
      node.type === 'group'
        ? vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.None,
    );
    item.id = node.id;
    item.description = shown.description;
    item.contextValue = shown.contextValue;
    // A plain text: messages quote descriptors, which are not trusted.
    item.tooltip = shown.tooltip;
    item.accessibilityInformation = { label: shown.accessibilityLabel };
    item.iconPath = shown.severity ? icons[shown.severity] : new vscode.ThemeIcon('ellipsis');
    if (node.type !== 'group') {
      item.command =
        node.type === 'more'
          ? {
              command: 'callboard.problems.showMore',
              title: vscode.l10n.t('Show More'),
              arguments: [node],
            }
          : {
              command: 'callboard.problems.open',
              title: vscode.l10n.t('Go to Problem'),
              arguments: [node],
            };
    }
    return item;
  }
}
