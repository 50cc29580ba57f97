import { groupBy, ownValue } from '../../../../base';
import type { Problem, RelatedPlace } from '../../../../model';
import { sourceKeyOf } from '../../../../platform/core/files';

/** Maximum number of related places; others are only counted. */
const MAX_RELATED = 500;

const messages: Readonly<Record<string, (subject: string, places: number) => string>> = {
  'dangling-reference': (subject, places) =>
    `${places} places refer to ${subject}, which is not in the catalog`,
  'unknown-kind': (subject, places) =>
    `No processor recognized ${places} entities of kind ${subject} as valid, possibly caused by a foreign kind or apiVersion`,
};

/** Returns the key of the group that a problem is reported in, or undefined if it isn't grouped. */
export function groupKeyOf({ code, cause, file }: Problem): string | undefined {
  if (!cause || file === undefined || !Object.hasOwn(messages, code)) return undefined;
  // An entity that a source lacks may exist in the workspace.
  return [code, cause.subject, sourceKeyOf(file) ?? ''].join('\0');
}

/**
 * Groups problems with the same cause into one, at the place of the first, with the others as
 * related places.
 *
 * @param problems - in file order
 */
export function groupProblems(problems: readonly Problem[]): readonly Problem[] {
  const groups = groupBy(problems, groupKeyOf);
  return problems.flatMap(problem => {
    const key = groupKeyOf(problem);
    const group = key === undefined ? undefined : groups.get(key);
    if (!group) return problem;
    const [first, ...others] = group;
    return problem === first ? groupedProblem(first, others, group.length) : [];
  });
}

/**
 * Creates the problem of a group.
 *
 * @param count - number of all places, including the first
 */
export function groupedProblem(first: Problem, others: Iterable<Problem>, count: number): Problem {
  if (count === 1 || !first.cause) return first;
  const related: RelatedPlace[] = [];
  for (const { entityRef, message, file, range } of others) {
    if (related.length === MAX_RELATED) break;
    if (file !== undefined) related.push({ message: entityRef ?? message, file, range });
  }
  const message = ownValue(messages, first.code)?.(first.cause.subject, count) ?? first.message;
  return { ...first, message, related };
}
