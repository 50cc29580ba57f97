import { translate } from '../../../../../base';
import type { Problem } from '../../../../../model';
import { editDistance, flatMapInSlices } from '../../../../../platform/core';
import { type OffsetEdit, replaceValue } from '../../../core/edits';
import type { YamlText } from '../../documents/yamlText';
import { refParts } from '../../mentions/mention';
import { type ActionSource, editAction, type OfferedAction } from '../actionSource';
import { editOfPart, positionInPart } from '../workspaceEdits';

/** Codes of problems with a name that is only a part of a text. */
export const IN_EXPRESSIONS: ReadonlySet<string> = new Set([
  'unresolved-expression',
  'unknown-filter',
]);

/** Replaces a wrong ref, key or value by a suggestion of its problem. */
export const useSuggestion: ActionSource = ({ text, problems, signal }) =>
  flatMapInSlices(problems, signal, problem =>
    IN_EXPRESSIONS.has(problem.code) ? [] : suggestedChanges(text, problem, suggestionEdit),
  );

/** Returns the edit that replaces the scalar at the start of a problem by a suggestion, keeping the quotes. */
export function suggestionEdit(
  text: YamlText,
  problem: Problem,
  suggestion: string,
): OffsetEdit | undefined {
  const offset = text.offsetAt(problem.range.start);
  const placed = text.partAt(offset);
  const position = positionInPart(placed, offset);
  return editOfPart(placed, source =>
    replaceValue(source, position, suggestion, { isForAll: true }),
  );
}

/** Returns the first suggestion, unless the second is equally near. */
function clearlyNearest(
  [first, second]: readonly string[],
  text: YamlText,
  { range }: Problem,
): string | undefined {
  if (first === undefined || second === undefined) return first;
  const written = text.text
    .slice(text.offsetAt(range.start), text.offsetAt(range.end))
    .replace(/^(["'])(.*)\1$/s, '$2');
  if (written.length > LONGEST) return undefined;
  const steps = (suggestion: string): number => editDistance(nameIn(suggestion), nameIn(written));
  return steps(first) < steps(second) ? first : undefined;
}

/** The maximum length, more than names and annotation keys have. */
const LONGEST = 1000;

function nameIn(ref: string): string {
  const { start, end } = refParts(ref).name;
  return ref.slice(start, end).toLowerCase();
}

/** Returns an action for each suggestion of a problem; a clearly nearest one is preferred. */
export function suggestedChanges(
  text: YamlText,
  problem: Problem,
  editFor: (text: YamlText, problem: Problem, suggestion: string) => OffsetEdit | undefined,
): readonly OfferedAction[] {
  const { suggestions = [] } = problem;
  const preferred = clearlyNearest(suggestions, text, problem);
  return suggestions.flatMap(suggestion =>
    editAction(text, editFor(text, problem, suggestion), {
      title: translate('Change to "{0}"', suggestion),
      problems: [problem],
      isPreferred: suggestion === preferred,
    }),
  );
}
