import * as vscode from 'vscode';
import { isRecord } from '../../../../../api';
import type { CatalogTreeModel, CatalogTreeNode } from '../..';

/** MIME type of rows dragged within the Catalog view. */
const MIME_TYPE = 'application/vnd.code.tree.callboard.catalog';

/** A dragged row, which may not be an entity. */
export interface DraggedRow {
  readonly label: string;
  readonly entityRef?: string;
}

export interface DragAndDropDeps {
  readonly model: CatalogTreeModel;
  /** Called with the dropped rows and the ref of the target row, if it has one. */
  readonly onDrop: (rows: readonly DraggedRow[], targetRef: string | undefined) => Promise<void>;
}

/** Assigns entities by dragging them onto the row of a system, domain, group or user. */
export function createDragAndDrop({
  model,
  onDrop,
}: DragAndDropDeps): vscode.TreeDragAndDropController<CatalogTreeNode> {
  return {
    dragMimeTypes: [MIME_TYPE],
    dropMimeTypes: [MIME_TYPE],
    handleDrag(nodes, data) {
      // Includes rows without an entity, so that dropping them shows a message.
      const rows = nodes.map((node): DraggedRow => {
        const { label } = model.present(node);
        return { label, entityRef: model.entityRefOf(node) };
      });
      data.set(MIME_TYPE, new vscode.DataTransferItem(rows));
    },
    async handleDrop(target, data) {
      const value: unknown = data.get(MIME_TYPE)?.value;
      // Dropped outside rows: canceled.
      if (!Array.isArray(value) || !target) return;
      await onDrop(value.filter(isDraggedRow), model.entityRefOf(target));
    },
  };
}

function isDraggedRow(value: unknown): value is DraggedRow {
  if (!isRecord(value)) return false;
  const { label, entityRef } = value;
  return typeof label === 'string' && (entityRef === undefined || typeof entityRef === 'string');
}
