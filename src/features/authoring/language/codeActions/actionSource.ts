import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
} from 'vscode-languageserver-types';
import type { Problem, Severity } from '../../../../model';
import type { OffsetEdit } from '../../core/edits';
import type { YamlText } from '../documents/yamlText';
import type { CodeActionRequest } from '../languageProvider';
import { type FileChange, workspaceEdit } from './workspaceEdits';

/** Returns the code actions of one sort at a place. Changes nothing itself. */
export type ActionSource = (
  request: CodeActionRequest,
) => readonly OfferedAction[] | Promise<readonly OfferedAction[]>;

export interface OfferedAction {
  readonly title: string;
  /** LSP's kind; default: a quick fix. */
  readonly kind?: CodeActionKind;
  /** The problems that it fixes. */
  readonly problems?: readonly Problem[];
  /** Other tools' diagnostics that it fixes, as the client has them. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Whether it is the best fix, which can be applied without asking. */
  readonly isPreferred?: boolean;
  readonly changes: readonly FileChange[];
}

/** Returns an action with edits of a text; none if there is no edit. */
export function editAction(
  { uri, text }: YamlText,
  edits: OffsetEdit | readonly OffsetEdit[] | undefined,
  action: Omit<OfferedAction, 'changes'>,
): readonly OfferedAction[] {
  const all = [edits ?? []].flat();
  return all.length ? [{ ...action, changes: [{ uri, text, edits: all }] }] : [];
}

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.callboard`;

/** Returns undefined if the client doesn't support the edit. */
export function toCodeAction(
  {
    title,
    kind = CodeActionKind.QuickFix,
    problems = [],
    diagnostics = [],
    isPreferred,
    changes,
  }: OfferedAction,
  { context, text }: CodeActionRequest,
): CodeAction | undefined {
  const edit = workspaceEdit(changes, context.edits, text);
  const reported = [...problems.map(toDiagnostic), ...diagnostics];
  return (
    edit && {
      title,
      kind,
      ...(reported.length && { diagnostics: reported }),
      ...(isPreferred && { isPreferred }),
      edit,
    }
  );
}

/**
 * Whether a kind of action is requested: a kind includes those that it is a prefix of. Fix All, which changes a whole
 * file unseen, has to be requested explicitly.
 */
export function isWanted(kind: CodeActionKind, only: readonly string[] | undefined): boolean {
  if (!only) return kind !== FIX_ALL;
  return only.some(wanted => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Returns a problem as an LSP diagnostic. */
export function toDiagnostic({ code, message, range, severity, related }: Problem): Diagnostic {
  return {
    range,
    message,
    severity: severities[severity],
    source: 'callboard',
    code,
    ...(related?.length && {
      relatedInformation: related.map(place => ({
        message: place.message,
        location: { uri: place.file, range: place.range },
      })),
    }),
  };
}
