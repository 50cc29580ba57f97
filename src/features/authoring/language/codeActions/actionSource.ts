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

/** All that one sort of code action has to offer at a place; none of them changes anything by itself. */
export type ActionSource = (
  request: CodeActionRequest,
) => readonly OfferedAction[] | Promise<readonly OfferedAction[]>;

export interface OfferedAction {
  readonly title: string;
  /** Of LSP; default: a quick fix. */
  readonly kind?: CodeActionKind;
  /** What it mends. */
  readonly problems?: readonly Problem[];
  /** The same of what others say, as the client has it. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Whether it is what somebody who does not look at the others wants. */
  readonly isPreferred?: boolean;
  readonly changes: readonly FileChange[];
}

/** An action that makes edits of a text; none where there is no edit. */
export function editAction(
  { uri, text }: YamlText,
  edits: OffsetEdit | readonly OffsetEdit[] | undefined,
  action: Omit<OfferedAction, 'changes'>,
): readonly OfferedAction[] {
  const all = [edits ?? []].flat();
  return all.length ? [{ ...action, changes: [{ uri, text, edits: all }] }] : [];
}

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.callboard`;

/** Undefined where the client cannot take the edit. */
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
  const mended = [...problems.map(toDiagnostic), ...diagnostics];
  return (
    edit && {
      title,
      kind,
      ...(mended.length && { diagnostics: mended }),
      ...(isPreferred && { isPreferred }),
      edit,
    }
  );
}

/**
 * Whether a kind of action is asked for: kinds are parts of those that they begin with. What changes a
 * whole file without being seen has to be asked for by name.
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

/** A problem as clients are told of it. */
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
