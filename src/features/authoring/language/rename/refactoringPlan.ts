import type { FileEdit, RefactoringPart, RefactoringPlan } from '../../../../api';
import { editAnnotations, type PlannedEditKind, type RenamePlan } from './renamePlan';

/** A plan as plugins get it: the edits by what they change, with moved files last. */
export function refactoringPlanOf({ files, moves, warnings }: RenamePlan): RefactoringPlan {
  const kinds = Object.keys(editAnnotations) as PlannedEditKind[];
  const parts = kinds.flatMap((kind): readonly RefactoringPart[] => {
    const edits = files.flatMap(({ uri, edits: all }): readonly FileEdit[] => {
      const ofKind = all.filter(edit => edit.kind === kind);
      if (!ofKind.length) return [];
      return [{ file: uri, edits: ofKind.map(({ range, newText }) => ({ range, newText })) }];
    });
    return edits.length ? [partOf(kind, edits)] : [];
  });
  const moved = moves.map(({ from, to }): FileEdit => ({ file: from, moveTo: to }));
  if (moved.length) parts.push({ label: 'Files', isOptional: false, edits: moved });
  return { parts, warnings };
}

function partOf(kind: PlannedEditKind, edits: readonly FileEdit[]): RefactoringPart {
  const { label, description, needsConfirmation } = editAnnotations[kind];
  return {
    label,
    ...(description !== undefined && { description }),
    isOptional: needsConfirmation ?? false,
    edits,
  };
}
