import * as vscode from 'vscode';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { entityAtCursor } from './entityAtCursor';

/** Returns the entity of the active editor: of its portal page, or at the cursor of a descriptor. */
export function entityInFront({
  catalog,
  portal,
}: Pick<CatalogViewContext, 'catalog' | 'portal'>): string | undefined {
  const { activePage } = portal;
  if (activePage?.page === 'entity') return activePage.entityRef;
  const editor = vscode.window.activeTextEditor;
  return editor && entityAtCursor(editor, catalog);
}
