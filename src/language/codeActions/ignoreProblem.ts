import { flatMapInSlices } from '../../base';
import { ignoreComment } from '../../core/edits';
import type { ActionSource } from './actionSource';
import { editOfPart, positionInPart } from './workspaceEdits';

/** A comment that switches a problem off where it stands: it counts for what the engine says, and for what a text says of itself. */
export const ignoreProblem: ActionSource = ({ text, problems, signal }) => {
  const lines = new Set<string>();
  return flatMapInSlices(problems, signal, problem => {
    const { code, range } = problem;
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
        problems: [problem],
        changes: [{ uri: text.uri, text: text.text, edits: [edit] }],
      },
    ];
  });
};
