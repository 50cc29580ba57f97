import * as vscode from 'vscode';
import { type EntitySource, entityTitle, type Range, withoutLinks } from '../../../../../api';
import { resolveEntityRef, resolveNode } from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { toVsCodeUri } from '../uris';

/** Opens the descriptor of a command's row or entity, also an invalid one. */
export async function openArgument(
  argument: unknown,
  context: CatalogViewContext,
  column: vscode.ViewColumn,
): Promise<void> {
  const node = await resolveNode(argument, context);
  if (node?.type === 'failed') {
    await openSource(node.failed.source, column);
    return;
  }
  const ref = await resolveEntityRef(node ?? argument, context, {
    title: vscode.l10n.t('Open Definition'),
  });
  if (ref !== undefined) await openEntity(ref, context, column);
}

/** Opens the descriptor of an entity at its name, or shows why there is none. */
export async function openEntity(
  ref: string,
  { catalog }: CatalogViewContext,
  column = vscode.ViewColumn.Active,
): Promise<void> {
  const source = catalog.getEntitySource(ref);
  if (source) {
    await openSource(source, column);
    return;
  }
  const entity = catalog.getEntityByRef(ref);
  const message = entity
    ? vscode.l10n.t("{0} isn't defined in this workspace.", entityTitle(entity))
    : vscode.l10n.t('{0} is not in the catalog.', ref);
  void vscode.window.showInformationMessage(withoutLinks(message));
}

async function openSource(source: EntitySource, viewColumn: vscode.ViewColumn): Promise<void> {
  await vscode.window.showTextDocument(toVsCodeUri(source.file), {
    viewColumn,
    selection: toVsCodeRange(source.nameRange),
  });
}

function toVsCodeRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
