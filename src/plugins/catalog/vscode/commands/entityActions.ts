import * as vscode from 'vscode';
import type { EntityCommand } from '../../../../api';
import type { Disposable } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';
import { resolveEntityRef } from '../entityArgument';
import { entityTitle } from '../../../../model/presentation';

/** Entity Actions…: everything that can be done with an entity, what plugins added included. */
export function registerEntityActions(context: CatalogViewContext): Disposable {
  const { actions, catalog, commands, logger } = context;
  return actions.registerCommand('callboard.entity.actions', async argument => {
    const ref = await resolveEntityRef(argument, context, {
      title: vscode.l10n.t('Actions of an Entity'),
    });
    const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
    if (!entity) return;
    const enabled = (command: EntityCommand): boolean => {
      try {
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
        placeHolder: vscode.l10n.t('What to do with it'),
      },
    );
    if (picked) await actions.run(picked.command.title, () => picked.command.run(entity));
  });
}
