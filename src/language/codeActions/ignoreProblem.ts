import type { Diagnostic } from 'vscode-languageserver-types';
import { flatMapInSlices } from '../../base';
import { ignoreComment } from '../../core/edits';
import { toDiagnostic } from '../diagnostic';
import type { ActionSource } from './actionSource';
import { editOfPart, positionInPart } from './workspaceEdits';

/** What plugins of the editor say beside the server, and comments switch off as well. */
const OF_PLUGINS: ReadonlySet<unknown> = new Set(['renamed-in-backstage']);

/**
 * A comment that switches a problem off where it stands: it counts for what the engine says, for what a text says of
 * itself, and for what is told of names on Backstages.
 */
export const ignoreProblem: ActionSource = ({ text, problems, diagnostics = [], signal }) => {
  const lines = new Set<string>();
  const told = [...problems.map(toDiagnostic), ...diagnostics.filter(isOfPlugin)];
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

function isOfPlugin({ source, code }: Diagnostic): boolean {
  return source === 'callboard' && OF_PLUGINS.has(code);
}
