import type { Problem } from '../../../../../model';
import { flatMapInSlices } from '../../../../../platform/core';
import { type OffsetEdit, replaceValue } from '../../../core/edits';
import type { YamlText } from '../../documents/yamlText';
import type { ActionSource } from '../actionSource';
import { IN_EXPRESSIONS } from '../expressionFixes';
import { editOfPart, positionInPart } from '../workspaceEdits';
import { suggestedChanges } from './suggestedChanges';

/** What may have been meant, in the place of a ref, a key or a value that is wrong. */
export const useSuggestion: ActionSource = ({ text, problems, signal }) =>
  flatMapInSlices(problems, signal, problem =>
    IN_EXPRESSIONS.has(problem.code) ? [] : suggestedChanges(text, problem, suggestionEdit),
  );

/** Puts a suggestion in the place of what stands where a problem begins, in the same quotes. */
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
