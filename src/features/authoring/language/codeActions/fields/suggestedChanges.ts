import type { Problem } from '../../../../../model';
import type { OffsetEdit } from '../../../core/edits';
import type { YamlText } from '../../documents/yamlText';
import type { OfferedAction } from '../actionSource';
import { clearlyNearest } from '../refs/clearlyNearest';

/** A change for each that a problem suggests; one that is clearly nearer than the others is preferred. */
export function suggestedChanges(
  text: YamlText,
  problem: Problem,
  editFor: (text: YamlText, problem: Problem, suggestion: string) => OffsetEdit | undefined,
): readonly OfferedAction[] {
  const { suggestions = [] } = problem;
  const preferred = clearlyNearest(suggestions, text, problem);
  return suggestions.flatMap((suggestion): readonly OfferedAction[] => {
    const edit = editFor(text, problem, suggestion);
    if (!edit) return [];
    return [
      {
        title: `Change to "${suggestion}"`,
        problems: [problem],
        isPreferred: suggestion === preferred,
        changes: [{ uri: text.uri, text: text.text, edits: [edit] }],
      },
    ];
  });
}
