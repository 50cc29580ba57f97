import type { Problem } from '../../../../model';

export interface ProblemChanges {
  readonly added: readonly Problem[];
  readonly fixed: readonly Problem[];
}

/**
 * Which problems came and went. A problem is the same where its code, its entity (else its file) and
 * its message are: it may move to another line, and its entity to another file. Of equal problems
 * those that are too many came last.
 *
 * @param renames - new refs by old ones
 */
export function problemChanges(
  before: readonly Problem[],
  after: readonly Problem[],
  renames: ReadonlyMap<string, string> = new Map(),
): ProblemChanges {
  const renamed = ({ entityRef }: Problem): string | undefined =>
    entityRef === undefined ? undefined : (renames.get(entityRef) ?? entityRef);
  const known = new Map<string, Problem[]>();
  for (const problem of before) {
    const key = problemIdentity({ ...problem, entityRef: renamed(problem) });
    const others = known.get(key);
    if (others) others.push(problem);
    else known.set(key, [problem]);
  }
  const added = after.filter(problem => !known.get(problemIdentity(problem))?.shift());
  return { added, fixed: [...known.values()].flat() };
}

/** What stays of a problem when the text around it moves. */
export function problemIdentity({
  code,
  message,
  file,
  entityRef,
}: Pick<Problem, 'code' | 'message' | 'file' | 'entityRef'>): string {
  return [code, entityRef ?? file ?? '', withoutPlaces(message)].join('\0');
}

/** Lines, columns and positions in lists shift; what else may be meant depends on other entities. */
function withoutPlaces(message: string): string {
  return message
    .replace(/\bline \d+(?:, column \d+)?/g, 'line')
    .replace(/\[\d+\]/g, '[]')
    .replace(/:\d+(?= wins$)/, '')
    .replace(/\. Did you mean .*\?$/s, '');
}
