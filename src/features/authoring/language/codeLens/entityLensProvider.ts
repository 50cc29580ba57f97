import type { CodeLens } from 'vscode-languageserver-types';
import { type Range, translate } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import { DependentsCounter } from '../entities/dependents';
import { actionFor, type EntityAction, linkedAction } from '../entities/entityActions';
import { shortRef } from '../entities/markdown';
import type { LanguageContext, LanguageProvider } from '../languageProvider';
import { declarationIn, type Declaration, refMentionsIn } from '../mentions/mention';

/** Provides lenses above each entity: its owners, dependents, docs and graph. */
export const entityLensProvider: LanguageProvider = {
  async codeLenses({ context, text, signal }): Promise<readonly CodeLens[]> {
    const counter = new DependentsCounter(context.catalog, signal);
    const slices = new TimeSlicer();
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
  // Editors show a lens without a command as text.
  const lens = (title: string, action: EntityAction | undefined, argument = ref): CodeLens => ({
    range,
    command: action
      ? { title, command: action.command, arguments: [argument] }
      : { title, command: '' },
  });
  const owners = refMentionsIn(placed, catalog.kinds)
    .filter(({ written }) => written?.field.rule?.type === 'ownedBy')
    .map(({ ref: owner }) => {
      const action = catalog.get(owner) && linkedAction(context);
      return lens(translate('owned by {0}', oneLine(shortRef(owner))), action, owner);
    });
  // Failed and unsaved documents aren't in the catalog.
  const entity = catalog.get(ref);
  if (!entity) return owners;
  const summary = await counter.summaryOf(ref);
  const dependents =
    summary === 'none'
      ? lens(translate('no dependents'), undefined)
      : lens(
          summary === undefined ? 'dependents' : `dependents: ${summary}`,
          actionFor('dependents', entity, context),
        );
  const others = (['docs', 'graph'] as const).flatMap(id => {
    const action = actionFor(id, entity, context);
    return action ? [lens(id, action)] : [];
  });
  return [...owners, dependents, ...others];
}

/** Escapes `$(…)`, which VS Code would show as an icon. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('$(', '$ (');
}
