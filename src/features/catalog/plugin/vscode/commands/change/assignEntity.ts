import type { Disposable } from '../../../../../../api';
import { domainField, ownerField, systemField } from '../../..';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Set Owner…, Set System… and Set Domain…: what dragging does, without a mouse. */
export function registerAssignEntity(context: CatalogViewContext): readonly Disposable[] {
  const rows = [
    ['callboard.entity.setOwner', ownerField],
    ['callboard.entity.setSystem', systemField],
    ['callboard.entity.setDomain', domainField],
  ] as const;
  return rows.map(([command, field]) =>
    context.actions.registerCommand(command, async (argument, selected) => {
      const { assignPicked } = await import('../../assignEntities');
      await assignPicked(field, { argument, selected }, context);
    }),
  );
}
