import * as vscode from 'vscode';
import { refOf } from '../../../../../model/presentation';
import { resolveEntityRef } from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';
import { changeOwner } from './changeOwner';
import { moveToNamespace } from './moveToNamespace';
import { renameEntity } from './renameEntity';

/** Rename…, of the entity that a command is about. */
export async function rename(argument: unknown, context: CatalogViewContext): Promise<void> {
  const title = vscode.l10n.t('Rename an Entity');
  const ref = await pickWritten(argument, title, context);
  if (ref !== undefined) await context.actions.run(title, () => renameEntity(ref, context));
}

/** Move to Namespace…. */
export async function move(argument: unknown, context: CatalogViewContext): Promise<void> {
  const title = vscode.l10n.t('Move an Entity to Another Namespace');
  const ref = await pickWritten(argument, title, context);
  if (ref !== undefined) await moveToNamespace(ref, context);
}

/** Change Owner of Many…. */
export async function giveAway(argument: unknown, context: CatalogViewContext): Promise<void> {
  const { catalog } = context;
  const ref = await resolveEntityRef(argument, context, {
    title: vscode.l10n.t('Whose Entities Get Another Owner'),
    accept: (_entity, owner) => catalog.getRelations(owner).some(({ type }) => type === 'ownerOf'),
  });
  if (ref !== undefined) await changeOwner(ref, context);
}

function pickWritten(
  argument: unknown,
  title: string,
  context: CatalogViewContext,
): Promise<string | undefined> {
  return resolveEntityRef(argument, context, {
    title,
    accept: entity => context.catalog.getEntitySource(refOf(entity)) !== undefined,
  });
}
