import type { CodeLens, Command } from 'vscode-languageserver-types';
import { type Range } from '../../../../base';
import { Slices } from '../../../../platform/core';
import { DependentsCounter } from '../entities/dependents';
import { actionFor, type EntityAction, linkedAction } from '../entities/entityActions';
import { shortRef } from '../entities/markdown';
import type { LanguageContext, LanguageProvider } from '../languageProvider';
import { declarationIn, type Declaration, refMentionsIn } from '../mentions/mention';

/** Lenses above each entity: its owners, dependents, docs and graph. */
export const entityLensProvider: LanguageProvider = {
  async codeLenses({ context, text, signal }): Promise<readonly CodeLens[]> {
    const counter = new DependentsCounter(context.catalog, signal);
    const slices = new Slices();
    const lenses: CodeLens[] = [];
    for (const placed of text.parts) {
      if (slices.isOver) await slices.pause();
      if (signal.aborted) return [];
      const declaration = declarationIn(placed, context.catalog.kinds);
      if (!declaration) continue;
      const [start] = placed.part.spanOf(placed.part.root) ?? [0];
      const range = text.rangeAt(placed.start + start, placed.start + start);
      lenses.push(...(await lensesOf(declaration, range, { context, counter })));
    }
    return lenses;
  },
};

async function lensesOf(
  { placed, ref }: Declaration,
  range: Range,
  { context, counter }: { readonly context: LanguageContext; readonly counter: DependentsCounter },
): Promise<readonly CodeLens[]> {
  const { catalog } = context;
  const lenses: CodeLens[] = [];
  const owners = refMentionsIn(placed, catalog.kinds).filter(
    ({ written }) => written?.field.rule?.type === 'ownedBy',
  );
  for (const { ref: owner } of owners) {
    const title = `owned by ${oneLine(shortRef(owner))}`;
    lenses.push({ range, command: ownerCommand(title, owner, context) });
  }
  // Failed and unsaved documents aren't in the catalog.
  const entity = catalog.get(ref);
  if (!entity) return lenses;
  const summary = await counter.summaryOf(ref);
  const title = summary === undefined ? 'dependents' : `dependents: ${summary}`;
  const command =
    summary === 'none'
      ? plainText('no dependents')
      : commandOf('dependents', title, { ref, context });
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
