import type {
  ChangeAnnotation,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { FileEdit, RefactoringPart, RefactoringPlan } from '../../../../api';
import type { Range, Result } from '../../../../base';
import type { OffsetEdit } from '../../core/edits';
import type { ClientEdits } from '../languageProvider';

/**
 * What an edit changes: the name or namespace of the entity, a ref in a field, a ref in an annotation,
 * a value that an anchor shares with a ref, the path of a file that moves, the owner of an entity; and
 * what is only likely to go with it: the name of the team on its host, in the annotation and in
 * CODEOWNERS.
 */
export type PlannedEditKind =
  | 'declaration'
  | 'reference'
  | 'annotation'
  | 'shared'
  | 'target'
  | 'owner'
  | 'team'
  | 'codeowners';

export interface PlannedEdit {
  readonly kind: PlannedEditKind;
  readonly range: Range;
  readonly newText: string;
}

/** The edits of a file, in their order; they do not overlap. */
export interface PlannedFile {
  /** In the canonical spelling of `base/uri.ts`. */
  readonly uri: string;
  /** Of the text that the ranges belong to; undefined for a file that is not open. */
  readonly version: number | undefined;
  readonly edits: readonly PlannedEdit[];
}

export interface RenamePlan {
  readonly files: readonly PlannedFile[];
  /** URIs; to be done after the edits. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** Sentences about what stays as it is and may have to be changed by hand. */
  readonly warnings: readonly string[];
}

/** The plan, or why there is none, as a sentence; undefined when it was given up on request. */
export type PlanResult = Result<RenamePlan, string> | undefined;

/** An edit before its offsets are positions of its file. */
export interface PlannedOffsetEdit extends OffsetEdit {
  readonly kind: PlannedEditKind;
}

/** How the edits of a kind are called in a preview, and whether only the user can tell if they are wanted. */
const editAnnotations: Readonly<Record<PlannedEditKind, ChangeAnnotation>> = {
  declaration: { label: 'Entity' },
  reference: { label: 'References' },
  annotation: { label: 'Annotations' },
  shared: {
    label: 'Shared values',
    description: 'A reference takes its value from here.',
  },
  target: { label: 'Paths' },
  owner: { label: 'Owners' },
  team: {
    label: 'Team on GitHub',
    description: 'Only if the team is renamed there as well.',
    needsConfirmation: true,
  },
  codeowners: {
    label: 'CODEOWNERS',
    description: 'Only if the team is renamed on GitHub as well.',
    needsConfirmation: true,
  },
};

/**
 * A plan as LSP has it, in what the client understands of that. Without annotations, by which a preview
 * tells edits apart, all edits are made.
 *
 * @returns undefined where a file is to be moved and the client cannot do it
 */
export function workspaceEditOf(
  { files, moves }: RenamePlan,
  { hasDocumentChanges, canRenameFiles, hasAnnotations }: ClientEdits,
): WorkspaceEdit | undefined {
  if (moves.length && !canRenameFiles) return undefined;
  if (!hasDocumentChanges) {
    const textEdits = files.map(({ uri, edits }) => [
      uri,
      edits.map(({ range, newText }) => ({ range, newText })),
    ]);
    return { changes: Object.fromEntries(textEdits) as WorkspaceEdit['changes'] };
  }
  const kinds = new Set(files.flatMap(({ edits }) => edits.map(({ kind }) => kind)));
  return {
    documentChanges: [
      ...files.map(({ uri, version, edits }): TextDocumentEdit => ({
        textDocument: { uri, version: version ?? null },
        edits: edits.map(({ kind, range, newText }) => ({
          range,
          newText,
          ...(hasAnnotations && { annotationId: kind }),
        })),
      })),
      ...moves.map(({ from, to }) => ({ kind: 'rename' as const, oldUri: from, newUri: to })),
    ],
    ...(hasAnnotations && {
      changeAnnotations: Object.fromEntries([...kinds].map(kind => [kind, editAnnotations[kind]])),
    }),
  };
}

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
