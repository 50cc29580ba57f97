import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import { canAssign, domainField, ownerField, systemField } from '../..';
import type { CatalogViewContext } from '../catalogViewContext';
import { resolveEntityRefs } from '../entityArgument';

/** Set Owner…, Set System… and Set Domain…: what dragging does, without a mouse. */
export function registerAssignEntity(context: CatalogViewContext): readonly Disposable[] {
  const rows = [
    {
      command: 'callboard.entity.setOwner',
      field: ownerField,
      entityTitle: vscode.l10n.t('Set the Owner of an Entity'),
      targetTitle: vscode.l10n.t('New Owner'),
    },
    {
      command: 'callboard.entity.setSystem',
      field: systemField,
      entityTitle: vscode.l10n.t('Set the System of an Entity'),
      targetTitle: vscode.l10n.t('New System'),
    },
    {
      command: 'callboard.entity.setDomain',
      field: domainField,
      entityTitle: vscode.l10n.t('Set the Domain of an Entity'),
      targetTitle: vscode.l10n.t('New Domain'),
    },
  ];
  const { actions, catalog } = context;
  return rows.map(({ command, field, entityTitle, targetTitle }) =>
    actions.registerCommand(command, async (argument, selected) => {
      const refs = await resolveEntityRefs(argument, selected, context, {
        title: entityTitle,
        accept: (entity, ref) =>
          canAssign(entity, field.id) && catalog.getEntitySource(ref) !== undefined,
      });
      if (!refs.length) return;
      const { assignEntities, pickTarget } = await import('../assignEntities');
      const target = await pickTarget(field, targetTitle, context);
      if (target) await assignEntities(refs, target, context);
    }),
  );
}
