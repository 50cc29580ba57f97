import * as vscode from 'vscode';
import { parseUri } from '../../../../base';
import { type DocsNode, DocsTreeModel } from '..';
import type { DocsContext } from './docsContext';

/** Gives the rows of the Docs view to the editor. Loaded when the view is first shown. */
export class DocsTree {
  readonly model: DocsTreeModel;

  constructor({ techdocs }: DocsContext) {
    this.model = new DocsTreeModel({
      techdocs,
      translate: vscode.l10n.t,
      displayPath: uri => vscode.workspace.asRelativePath(vscode.Uri.from(parseUri(uri))),
    });
  }

  async children(node?: DocsNode): Promise<DocsNode[]> {
    return [...(await this.model.getChildren(node))];
  }

  itemOf(node: DocsNode): vscode.TreeItem {
    const shown = this.model.present(node);
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(shown.label, shown.isFolder ? Collapsed : None);
    item.id = node.id;
    item.description = shown.description;
    item.contextValue = shown.contextValue;
    // A plain text: titles come from files that are not trusted.
    item.tooltip = shown.tooltip;
    item.accessibilityInformation = { label: shown.accessibilityLabel };
    item.iconPath = new vscode.ThemeIcon(shown.icon);
    if (!shown.isFolder) {
      const title = vscode.l10n.t('Open Page');
      item.command = { command: 'callboard.docs.openFile', title, arguments: [node] };
    }
    return item;
  }
}
