import * as vscode from 'vscode';
import { parseUri } from '../../../../api';
import { type DocsNode, DocsTreeModel } from '..';
import type { DocsContext } from './docsContext';

/** Tree data of the Docs view. Loaded when the view is first shown. */
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
    // Plain text, since titles come from untrusted files.
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
