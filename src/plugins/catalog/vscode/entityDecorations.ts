import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base';
import type { CatalogTreeModel, CatalogTreeNode, NodeColor } from '..';

/** URIs of rows: they name no file, and only serve to decorate. */
const SCHEME = 'callboard-entity';

const colors: Readonly<Record<NodeColor, vscode.ThemeColor>> = {
  error: new vscode.ThemeColor('list.errorForeground'),
  warning: new vscode.ThemeColor('list.warningForeground'),
};

/** The URI of a row, if it can have a decoration. */
export function decorationUri(node: CatalogTreeNode): vscode.Uri | undefined {
  if (node.type !== 'entity' && node.type !== 'group') return undefined;
  const path = node.type === 'entity' ? `/entity/${node.ref}` : `/group/${node.id}`;
  return vscode.Uri.from({ scheme: SCHEME, path });
}

/** Badges of problems in the Catalog tree, as the Explorer shows those of files. */
export class EntityDecorations implements vscode.FileDecorationProvider, Disposable {
  #model: CatalogTreeModel;
  #store = new DisposableStore();
  #changed = this.#store.add(new vscode.EventEmitter<undefined>());

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(model: CatalogTreeModel) {
    this.#model = model;
    this.#store.add(model.onDidChange(() => this.#changed.fire(undefined)));
    this.#store.add(vscode.window.registerFileDecorationProvider(this));
  }

  dispose(): void {
    this.#store.dispose();
  }

  provideFileDecoration({ scheme, path }: vscode.Uri): vscode.FileDecoration | undefined {
    if (scheme !== SCHEME) return undefined;
    const [, type, id = ''] = /^\/(entity|group)\/([^]*)$/.exec(path) ?? [];
    const decoration =
      type === 'entity' ? this.#model.decorationOfEntity(id) : this.#model.decorationOfGroup(id);
    if (!decoration) return undefined;
    const { badge, color, tooltip } = decoration;
    return new vscode.FileDecoration(badge, tooltip, colors[color]);
  }
}
