import { nearNames } from '../../../../platform/core';
import { withLikelySuggestions, withSuggestions } from '../checks/templateIssue';
import { templateFilterNames, templateGlobalNames } from '../expressions/builtinNames';
import type { ParsedTemplate, Span } from '../expressions/syntax';
import type { TemplateNames } from '../expressions/walk';
import type { SkeletonRendering, PassedNames } from './renderingSteps';

/** Values that a step passes to a rendered file. */
export interface PassedValues extends PassedNames, Pick<SkeletonRendering, 'variable'> {
  /** Label of the step. */
  readonly label: string;
}

/** A problem in a rendered file. */
export interface SkeletonIssue extends Span {
  readonly code: 'expression-syntax' | 'unknown-filter' | 'unresolved-expression';
  readonly message: string;
  readonly suggestions?: readonly string[];
  /** A hint for names that plugins may provide. Default: a warning. */
  readonly severity?: 'hint';
}

/**
 * Reports syntax errors and references to values that aren't passed. The latter don't matter in comments.
 * @param passing - of all steps that render the file
 * @param comments - of the file, in order
 */
export function skeletonIssues(
  parsed: ParsedTemplate,
  names: TemplateNames,
  passing: readonly PassedValues[],
  comments: readonly Span[] = [],
): readonly SkeletonIssue[] {
  const [error] = parsed.errors;
  if (error) {
    // The engine stops at the first error, and others may be its consequences.
    const { message, start, end } = error;
    return [{ code: 'expression-syntax', message, start, end }];
  }
  const issues: SkeletonIssue[] = [];
  for (const { name } of names.filters) {
    if (templateFilterNames.has(name.name)) continue;
    const message = `Unknown template filter "${name.name}"`;
    const details = withLikelySuggestions(message, nearNames(name.name, templateFilterNames));
    issues.push({ code: 'unknown-filter', ...details, start: name.start, end: name.end });
  }
  for (const { names: path, binding, isGuarded } of names.paths) {
    const [root, value] = path;
    const isGlobal = templateGlobalNames.some(name => name === root.name);
    if (binding || isGuarded || isGlobal) continue;
    const issue = issueOf(passing, root.name, value?.name);
    const { start, end } = value && issue?.isOfValue ? value : root;
    if (issue && !isInside(comments, start)) {
      issues.push({ code: 'unresolved-expression', ...issue.details, start, end });
    }
  }
  return issues;
}

function issueOf(
  all: readonly PassedValues[],
  root: string,
  value: string | undefined,
): { details: ReturnType<typeof withSuggestions>; isOfValue: boolean } | undefined {
  const passing = all.filter(({ variable }) => variable === root);
  const [first] = passing;
  if (!first) {
    const variables = [...new Set(all.map(({ variable }) => variable))];
    const message = `${root} is not available in a skeleton. Use ${variables.join(' or ')}`;
    return { details: withSuggestions(message, nearNames(root, variables)), isOfValue: false };
  }
  if (value === undefined || passing.some(({ isOpen }) => isOpen)) return undefined;
  const known = passing.flatMap(({ names }) => names);
  if (known.includes(value)) return undefined;
  const message = `${root}.${value} is not passed by ${first.label}`;
  return { details: withSuggestions(message, nearNames(value, known)), isOfValue: true };
}

/** @param spans - in order, without overlaps */
function isInside(spans: readonly Span[], offset: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const span = spans[middle];
    if (span && span.end <= offset) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span !== undefined && span.start <= offset;
}
