import type { CodeLens, Command } from 'vscode-languageserver-types';
import { flatMapInSlices, type Range } from '../../base';
import { actionFor, type EntityAction, linkedAction } from '../entities/entityActions';
import { shortRef } from '../entities/markdown';
import { countDependents } from '../entities/relationCounts';
import type { LanguageContext, LanguageProvider } from '../languageProvider';
import { declarationIn, type Declaration, refMentionsIn } from '../mentions/mention';

/** Above each entity: who owns it, how many others point to it, its docs and graph. */
export const entityLensProvider: LanguageProvider = {
  codeLenses({ context, text, signal }): Promise<readonly CodeLens[]> {
    return flatMapInSlices(text.parts, signal, placed => {
      const declaration = declarationIn(placed, context.catalog.kinds);
      if (!declaration) return [];
      const [start] = placed.part.spanOf(placed.part.root) ?? [0];
      const range = text.rangeAt(placed.start + start, placed.start + start);
      return lensesOf(declaration, range, context);
    });
  },
};

function lensesOf(
  { placed, ref }: Declaration,
  range: Range,
  context: LanguageContext,
): readonly CodeLens[] {
  const { catalog } = context;
  const lenses: CodeLens[] = [];
  const owners = refMentionsIn(placed, catalog.kinds).filter(
    ({ written }) => written?.field.rule?.type === 'ownedBy',
  );
  for (const { ref: owner } of owners) {
    const title = `owned by ${oneLine(shortRef(owner))}`;
    lenses.push({ range, command: ownerCommand(title, owner, context) });
  }
  // What a failed or unsaved document declares has none that could be counted.
  const entity = catalog.get(ref);
  if (!entity) return lenses;
  const count = countDependents(ref, catalog);
  const dependents = count === 1 ? '1 dependent' : `${count} dependents`;
  const command = count
    ? commandOf('dependents', dependents, { ref, context })
    : plainText('no dependents');
  lenses.push({ range, command });
  for (const id of ['docs', 'graph'] as const) {
    if (actionFor(id, entity, context)) {
      lenses.push({ range, command: commandOf(id, id, { ref, context }) });
    }
  }
  return lenses;
}

function ownerCommand(title: string, owner: string, context: LanguageContext): Command {
  const action = context.catalog.get(owner) && linkedAction(context);
  return action ? { title, command: action.command, arguments: [owner] } : plainText(title);
}

function commandOf(
  id: EntityAction['id'],
  title: string,
  { ref, context }: { readonly ref: string; readonly context: LanguageContext },
): Command {
  const entity = context.catalog.get(ref);
  const action = entity && actionFor(id, entity, context);
  return action ? { title, command: action.command, arguments: [ref] } : plainText(title);
}

/** Editors show a lens without a command as text. */
function plainText(title: string): Command {
  return { title, command: '' };
}

/** VS Code takes `$(…)` in a lens for an icon. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('$(', '$ (');
}
