import type { Diagnostic } from 'vscode-languageserver-types';
import { translate } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import { composeDocuments } from '../../../../platform/core/yaml';
import { ignoreComment } from '../../core/edits';
import { type ActionSource, editAction, toDiagnostic } from './actionSource';
import { editOfPart, positionInPart } from './workspaceEdits';

/** The maximum number of problems that a selection offers to ignore. */
const MAX_ACTIONS = 50;

/**
 * Disables a problem by a comment before its line: one of the server, or a plugin's diagnostic that only the editor
 * knows.
 */
export const ignoreProblem: ActionSource = ({ text, problems, diagnostics = [], signal }) => {
  const lines = new Set<string>();
  const composed = new Map<string, ReturnType<typeof composeDocuments>>();
  const compose = (source: string): ReturnType<typeof composeDocuments> => {
    const documents = composed.get(source) ?? composeDocuments(source);
    composed.set(source, documents);
    return documents;
  };
  const ignorable = [...problems.map(toDiagnostic), ...diagnostics.filter(isOwn)];
  return flatMapInSlices(ignorable, signal, diagnostic => {
    const { range } = diagnostic;
    const code = String(diagnostic.code);
    const key = `${range.start.line} ${code}`;
    if (lines.has(key) || lines.size === MAX_ACTIONS) return [];
    lines.add(key);
    const offset = text.offsetAt(range.start);
    const placed = text.partAt(offset);
    const { line } = positionInPart(placed, offset);
    const edit = editOfPart(placed, source => ignoreComment(source, line, code, compose));
    return editAction(text, edit, {
      title: translate('Ignore {0} on this line', code),
      diagnostics: [diagnostic],
    });
  });
};

function isOwn({ source, code }: Diagnostic): boolean {
  return (
    (source === 'callboard' || source?.startsWith('callboard (') === true) &&
    typeof code === 'string'
  );
}
