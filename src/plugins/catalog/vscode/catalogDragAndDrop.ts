import * as vscode from 'vscode';
import type { CatalogTreeModel, CatalogTreeNode } from '..';

/** How VS Code names what is dragged within the Catalog view. */
const MIME_TYPE = 'application/vnd.code.tree.callboard.catalog';

export interface CatalogDragAndDropDeps {
  readonly model: CatalogTreeModel;
  /** Called with the refs that were dropped and the ref that they were dropped on, if it is one. */
  onDrop(refs: readonly string[], targetRef: string | undefined): Promise<void>;
}

/** Drag entities onto the row of a system, a domain, a group or a user. */
export class CatalogDragAndDrop implements vscode.TreeDragAndDropController<CatalogTreeNode> {
  readonly dragMimeTypes = [MIME_TYPE];
  readonly dropMimeTypes = [MIME_TYPE];
  #deps: CatalogDragAndDropDeps;

  constructor(deps: CatalogDragAndDropDeps) {
    this.#deps = deps;
  }

  handleDrag(nodes: readonly CatalogTreeNode[], data: vscode.DataTransfer): void {
    const refs = nodes.flatMap(node => this.#deps.model.entityRefOf(node) ?? []);
    // Without any as well: where such a row is dropped, it is told that nothing comes of it.
    data.set(MIME_TYPE, new vscode.DataTransferItem(refs));
  }

  async handleDrop(target: CatalogTreeNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const value: unknown = data.get(MIME_TYPE)?.value;
    // Dropped on no row: taken back.
    if (!Array.isArray(value) || !target) return;
    const refs = value.filter(ref => typeof ref === 'string');
    await this.#deps.onDrop(refs, this.#deps.model.entityRefOf(target));
  }
}
