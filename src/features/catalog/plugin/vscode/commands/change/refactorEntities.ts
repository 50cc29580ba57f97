import type { Disposable } from '../../../../../../api';
import type { CatalogViewContext } from '../../tree/catalogViewContext';

/** Rename…, Move to Namespace… and Change Owner of Many…: what they do is loaded with the first of them. */
export function registerRefactorEntities(context: CatalogViewContext): readonly Disposable[] {
  const rows = [
    ['callboard.entity.rename', 'rename'],
    ['callboard.entity.moveToNamespace', 'move'],
    ['callboard.entity.changeOwner', 'giveAway'],
  ] as const;
  return rows.map(([command, name]) =>
    context.actions.registerCommand(command, async argument => {
      const commands = await import('../../refactoring/refactoringCommands');
      await commands[name](argument, context);
    }),
  );
}
