import * as vscode from 'vscode';
import { type EntityCommand, entityTitle, matchesPredicate } from '../../../../../api';
import { resolveEntityRef } from '../entityArgument';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** Lets the user pick an action on an entity, including those of plugins, and runs it. */
export async function pickAction(argument: unknown, context: CatalogViewContext): Promise<void> {
  const { actions, catalog, commands, logger } = context;
  const ref = await resolveEntityRef(argument, context, {
    title: vscode.l10n.t('Entity Actions'),
  });
  const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
  if (!entity) return;
  const enabled = (command: EntityCommand): boolean => {
    try {
      if (command.where && !matchesPredicate(command.where, entity)) return false;
      return command.isEnabled?.(entity) ?? true;
    } catch (error) {
      logger.error(`The entity command "${command.id}" failed`, error);
      return false;
    }
  };
  const picked = await vscode.window.showQuickPick(
    commands
      .all()
      .filter(enabled)
      .map(command => ({
        command,
        label: `$(${command.icon ?? 'blank'}) ${command.title}`,
      })),
    {
      title: entityTitle(entity),
      placeHolder: vscode.l10n.t('Select an action'),
    },
  );
  if (picked) await actions.run(picked.command.title, () => picked.command.run(entity));
}
