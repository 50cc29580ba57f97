import type {
  ChangeAnnotation,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { FileEdit, RefactoringPart, RefactoringPlan } from '../../../../api';
import { type Range, type Result, translate } from '../../../../base';
import type { OffsetEdit } from '../../core/edits';
import type { ClientEdits } from '../languageProvider';

/**
 * The subject of an edit: the entity's name or namespace, a ref in a field, a ref in an annotation, a value that an
 * anchor shares with a ref, the path of a moved file, the owner of an entity; and those to be confirmed: the name of
 * the team on its host, in the annotation and in CODEOWNERS.
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

/** The edits of a file, in order and without overlaps. */
export interface PlannedFile {
  /** In the canonical spelling of `base/uri.ts`. */
  readonly uri: string;
  /** The version of the text that the ranges belong to; undefined for a file that isn't open. */
  readonly version: number | undefined;
  readonly edits: readonly PlannedEdit[];
}

export interface RenamePlan {
  readonly files: readonly PlannedFile[];
  /** URIs; applied after the edits. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** Sentences about places that aren't changed and may need manual changes. */
  readonly warnings: readonly string[];
}

/** The plan, or the reason why there is none, as a sentence; undefined if it was cancelled. */
export type PlanResult = Result<RenamePlan, string> | undefined;

/** An edit with offsets, before they are converted to positions. */
export interface PlannedOffsetEdit extends OffsetEdit {
  readonly kind: PlannedEditKind;
}

/** Labels of edits in a preview, and whether the user has to confirm them. */
const editAnnotations = {
  declaration: { label: 'Entity' },
  reference: { label: 'References' },
  annotation: { label: 'Annotations' },
  shared: {
    label: 'Shared values',
    description: 'Shares its value with a reference.',
  },
  target: { label: 'Paths' },
  owner: { label: 'Owners' },
  team: {
    label: 'Team on GitHub',
    description: 'Select only if the team is renamed on GitHub, too.',
    needsConfirmation: true,
  },
  codeowners: {
    label: 'CODEOWNERS',
    description: 'Select only if the team is renamed on GitHub, too.',
    needsConfirmation: true,
  },
} as const satisfies Readonly<Record<PlannedEditKind, ChangeAnnotation>>;

function annotationOf(kind: PlannedEditKind): ChangeAnnotation {
  const row = editAnnotations[kind];
  return {
    ...row,
    label: translate(row.label),
    ...('description' in row && { description: translate(row.description) }),
  };
}

/**
 * Converts a plan to an LSP edit that the client supports. Without annotations, which a preview needs to separate
 * edits, all edits are applied.
 *
 * @returns undefined if a file has to be moved, but the client can't move files
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
      changeAnnotations: Object.fromEntries([...kinds].map(kind => [kind, annotationOf(kind)])),
    }),
  };
}

/** Converts a plan for plugins: edits grouped by kind, with moved files last. */
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
  if (moved.length) parts.push({ label: translate('Files'), isOptional: false, edits: moved });
  return { parts, warnings };
}

function partOf(kind: PlannedEditKind, edits: readonly FileEdit[]): RefactoringPart {
  const { label, description, needsConfirmation } = annotationOf(kind);
  return {
    label,
    ...(description !== undefined && { description }),
    isOptional: needsConfirmation ?? false,
    edits,
  };
}
