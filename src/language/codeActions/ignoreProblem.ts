import { ignoreComment } from '../../core/edits';
import type { ActionSource } from './actionSource';
import { editOfPart, positionInPart } from './workspaceEdits';

/** A comment that switches a problem off where it stands: of those of the engine, which reads it. */
export const ignoreProblem: ActionSource = ({ text, problems, context }) => {
  const known = context.catalog.problems(text.uri);
  const lines = new Set<string>();
  return problems.flatMap(problem => {
    const { code, range } = problem;
    const key = `${range.start.line} ${code}`;
    if (!known.includes(problem) || lines.has(key)) return [];
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
