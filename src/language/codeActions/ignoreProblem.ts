import type { Diagnostic } from 'vscode-languageserver-types';
import { flatMapInSlices } from '../../base';
import { ignoreComment } from '../../core/edits';
import { toDiagnostic } from '../diagnostic';
import type { ActionSource } from './actionSource';
import { editOfPart, positionInPart } from './workspaceEdits';

/**
 * Disables a problem by a comment before its line, whoever reports it: the server, or a plugin whose diagnostics only the
 * editor knows.
 */
export const ignoreProblem: ActionSource = ({ text, problems, diagnostics = [], signal }) => {
  const lines = new Set<string>();
  const told = [...problems.map(toDiagnostic), ...diagnostics.filter(isOwn)];
  return flatMapInSlices(told, signal, diagnostic => {
    const { range } = diagnostic;
    const code = String(diagnostic.code);
    const key = `${range.start.line} ${code}`;
    if (lines.has(key)) return [];
    lines.add(key);
    const offset = text.offsetAt(range.start);
    const placed = text.partAt(offset);
    const { line } = positionInPart(placed, offset);
    const edit = editOfPart(placed, source => ignoreComment(source, line, code));
    if (!edit) return [];
    return [
      {
        title: `Ignore ${code} in this line`,
        diagnostics: [diagnostic],
        changes: [{ uri: text.uri, text: text.text, edits: [edit] }],
      },
    ];
  });
};

function isOwn({ source, code }: Diagnostic): boolean {
  return source === 'callboard' && typeof code === 'string';
}
