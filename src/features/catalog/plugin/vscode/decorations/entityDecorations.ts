import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../../../base';
import type { CatalogTreeModel, CatalogTreeNode, NodeColor, NodeDecoration } from '../..';

/** URIs of rows: they name no file, and only serve to decorate. */
const SCHEME = 'callboard-entity';

const colors: Readonly<Record<NodeColor, vscode.ThemeColor>> = {
  error: new vscode.ThemeColor('list.errorForeground'),
  warning: new vscode.ThemeColor('list.warningForeground'),
};

/** The URI of a row, if it can have a decoration. */
export function decorationUri(node: CatalogTreeNode): vscode.Uri | undefined {
  const path = decorationPath(node);
  return path === undefined ? undefined : vscode.Uri.from({ scheme: SCHEME, path });
}

function decorationPath(node: CatalogTreeNode): string | undefined {
  switch (node.type) {
    case 'entity':
      return `/entity/${node.ref}`;
    case 'group':
      return `/group/${node.id}`;
    case 'failed':
      return `/failed/${node.failed.source.document} ${node.failed.source.file}`;
    case 'relation':
    case 'more':
      return undefined;
  }
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
    const decoration = this.#decorationOf(path);
    if (!decoration) return undefined;
    const { badge, color, tooltip } = decoration;
    return new vscode.FileDecoration(badge, tooltip, colors[color]);
  }

  #decorationOf(path: string): NodeDecoration | undefined {
    const [, type, id = ''] = /^\/(entity|group|failed)\/([^]*)$/.exec(path) ?? [];
    if (type === 'entity') return this.#model.decorationOfEntity(id);
    if (type === 'group') return this.#model.decorationOfGroup(id);
    const [, document, file] = /^(\d+) ([^]*)$/.exec(id) ?? [];
    if (file === undefined) return undefined;
    return this.#model.decorationOfFailed({ file, document: Number(document) });
  }
}
