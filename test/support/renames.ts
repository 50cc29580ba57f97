import { LineIndex } from '../../src/base';
import { applyOffsetEdits } from '../../src/features/authoring/core/edits';
import type { PlanResult, RenamePlan } from '../../src/features/authoring/language';
import { type LanguageWorkspace, pathOf } from './languageWorkspace';

/** Returns the texts after a plan, by path; moved files have their new paths. */
export function appliedPlan(
  workspace: LanguageWorkspace,
  { files, moves }: RenamePlan,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    files.map(({ uri, edits }) => {
      const path = pathOf(uri);
      const text = workspace.getText(uri) ?? workspace.catalog.files.textOf(`/work/${path}`);
      const lines = new LineIndex(text);
      const offsetOf = ({ line, character }: { line: number; character: number }): number =>
        lines.offsetOfLine(line) + character;
      const changed = applyOffsetEdits(
        text,
        edits.map(({ range, newText }) => ({
          start: offsetOf(range.start),
          end: offsetOf(range.end),
          text: newText,
        })),
      );
      const move = moves.find(({ from }) => from === uri);
      return [move ? pathOf(move.to) : path, changed];
    }),
  );
}

/** Returns the plan of a successful result. */
export function planOf(result: PlanResult): RenamePlan {
  if (!result?.ok) throw new Error(result ? result.error : 'The plan was given up');
  return result.value;
}

/** Returns the reason why there is no plan. */
export function reasonOf(result: PlanResult): string | undefined {
  return result && !result.ok ? result.error : undefined;
}
