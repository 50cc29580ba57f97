import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base';
import type { DocsNode, DocsTreeModel } from '..';

/** Gives the rows of the model to the editor, as it asks for them. */
export class DocsTreeProvider implements vscode.TreeDataProvider<DocsNode>, Disposable {
  #model: DocsTreeModel;
  #store = new DisposableStore();
  #changed = this.#store.add(new vscode.EventEmitter<DocsNode | undefined>());

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(model: DocsTreeModel) {
    this.#model = model;
    this.#store.add(model.onDidChange(node => this.#changed.fire(node)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async getChildren(node?: DocsNode): Promise<DocsNode[]> {
    return [...(await this.#model.getChildren(node))];
  }

  getParent(node: DocsNode): DocsNode | undefined {
    return this.#model.getParent(node);
  }

  getTreeItem(node: DocsNode): vscode.TreeItem {
    const shown = this.#model.present(node);
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(shown.label, shown.isFolder ? Collapsed : None);
    item.id = node.id;
    item.description = shown.description;
    item.contextValue = shown.contextValue;
    // A plain text: titles come from files that are not trusted.
    item.tooltip = shown.tooltip;
    item.iconPath = new vscode.ThemeIcon(shown.icon);
    if (!shown.isFolder) {
      item.command = {
        command: 'callboard.docs.openFile',
        title: vscode.l10n.t('Open Page'),
        arguments: [node],
      };
    }
    return item;
  }
}
