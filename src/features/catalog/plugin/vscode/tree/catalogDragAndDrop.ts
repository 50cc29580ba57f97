import * as vscode from 'vscode';
import { isRecord } from '../../../../../base';
import type { CatalogTreeModel, CatalogTreeNode } from '../..';

/** How VS Code names what is dragged within the Catalog view. */
const MIME_TYPE = 'application/vnd.code.tree.callboard.catalog';

/** A row that is dragged; not every one stands for an entity. */
export interface DraggedRow {
  readonly label: string;
  readonly entityRef?: string;
}

export interface CatalogDragAndDropDeps {
  readonly model: CatalogTreeModel;
  /** Called with the rows that were dropped and the ref that they were dropped on, if it is one. */
  onDrop(rows: readonly DraggedRow[], targetRef: string | undefined): Promise<void>;
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
    const { model } = this.#deps;
    // Those without an entity as well: where they are dropped, it is told that nothing comes of them.
    const rows = nodes.map((node): DraggedRow => {
      const { label } = model.present(node);
      return { label, entityRef: model.entityRefOf(node) };
    });
    data.set(MIME_TYPE, new vscode.DataTransferItem(rows));
  }

  async handleDrop(target: CatalogTreeNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const value: unknown = data.get(MIME_TYPE)?.value;
    // Dropped on no row: taken back.
    if (!Array.isArray(value) || !target) return;
    await this.#deps.onDrop(value.filter(isDraggedRow), this.#deps.model.entityRefOf(target));
  }
}

function isDraggedRow(value: unknown): value is DraggedRow {
  if (!isRecord(value)) return false;
  const { label, entityRef } = value;
  return typeof label === 'string' && (entityRef === undefined || typeof entityRef === 'string');
}
