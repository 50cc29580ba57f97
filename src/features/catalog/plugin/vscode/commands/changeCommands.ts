import * as vscode from 'vscode';
import type { Disposable } from '../../../../../api';
import { domainField, ownerField, systemField } from '../..';
import { resolveEntityRef } from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** Set Owner…, Set System… and Set Domain…: what dragging does, without a mouse. */
export function registerAssignEntity(context: CatalogViewContext): readonly Disposable[] {
  const rows = [
    ['callboard.entity.setOwner', ownerField],
    ['callboard.entity.setSystem', systemField],
    ['callboard.entity.setDomain', domainField],
  ] as const;
  return rows.map(([command, field]) =>
    context.actions.registerCommand(command, async (argument, selected) => {
      const { assignPicked } = await import('../assignEntities');
      await assignPicked(field, { argument, selected }, context);
    }),
  );
}

/**
 * New Descriptor: a catalog-info.yaml for the first folder; and for a file that belongs to no entity,
 * in a folder above it, beside what else can be done then.
 */
export function registerNewDescriptor({ actions }: CatalogViewContext): readonly Disposable[] {
  return [
    actions.registerCommand('callboard.catalog.newDescriptor', async () => {
      const { newDescriptor } = await import('../descriptorCreation');
      await newDescriptor();
    }),
    actions.registerCommand('callboard.catalog.describeFile', async () => {
      const { describeFile } = await import('../descriptorCreation');
      await describeFile();
    }),
  ];
}

/** Rename…, Move to Namespace… and Change Owner of Many…: what they do is loaded with the first of them. */
export function registerRefactorEntities(context: CatalogViewContext): readonly Disposable[] {
  const rows = [
    ['callboard.entity.rename', 'rename'],
    ['callboard.entity.moveToNamespace', 'move'],
    ['callboard.entity.changeOwner', 'giveAway'],
  ] as const;
  return rows.map(([command, name]) =>
    context.actions.registerCommand(command, async argument => {
      const commands = await import('../refactoring/refactoringCommands');
      await commands[name](argument, context);
    }),
  );
}

/** Star and Unstar: the entities that the user wants at hand in this workspace. */
export function registerStarEntity(context: CatalogViewContext): readonly Disposable[] {
  const { actions, starred } = context;
  return [
    actions.registerCommand('callboard.entity.star', async argument => {
      const ref = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Star an Entity'),
        accept: (_, candidate) => !starred.has(candidate),
      });
      if (ref !== undefined) await starred.set(ref, true);
    }),
    actions.registerCommand('callboard.entity.unstar', async argument => {
      const ref = await resolveEntityRef(argument, context, {
        title: vscode.l10n.t('Unstar an Entity'),
        accept: (_, candidate) => starred.has(candidate),
      });
      if (ref !== undefined) await starred.set(ref, false);
    }),
  ];
}
