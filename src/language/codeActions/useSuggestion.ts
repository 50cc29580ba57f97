import { distance } from 'fastest-levenshtein';
import { type OffsetEdit, replaceValue } from '../../core/edits';
import type { Problem } from '../../model';
import type { YamlText } from '../documents/yamlText';
import { refParts } from '../mentions/refParts';
import type { ActionSource, OfferedAction } from './actionSource';
import { editOfPart, positionInPart } from './workspaceEdits';

/** What may have been meant, in the place of a ref, a key or a value that is wrong. */
export const useSuggestion: ActionSource = ({ text, problems }) =>
  problems.flatMap(problem => {
    const { suggestions = [] } = problem;
    const preferred = clearlyNearest(suggestions, text, problem);
    return suggestions.flatMap((suggestion): readonly OfferedAction[] => {
      const edit = suggestionEdit(text, problem, suggestion);
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
  });

/** Puts a suggestion in the place of what stands where a problem begins, in the same quotes. */
export function suggestionEdit(
  text: YamlText,
  problem: Problem,
  suggestion: string,
): OffsetEdit | undefined {
  if (IN_EXPRESSIONS.has(problem.code)) return nameEdit(text, problem, suggestion);
  const offset = text.offsetAt(problem.range.start);
  const placed = text.partAt(offset);
  const position = positionInPart(placed, offset);
  return editOfPart(placed, source =>
    replaceValue(source, position, suggestion, { isForAll: true }),
  );
}

/** Codes of problems with a name that is only a part of a text. */
const IN_EXPRESSIONS = new Set(['unresolved-expression', 'unknown-filter']);

/** Puts a name in the place of another, where it needs no other quotes or brackets. */
function nameEdit(
  text: YamlText,
  { range, message }: Problem,
  name: string,
): OffsetEdit | undefined {
  const start = text.offsetAt(range.start);
  const end = text.offsetAt(range.end);
  const written = text.text.slice(start, end);
  // The text may have changed since the problem was found.
  if (!/^[\w-]+$/.test(written) || !message.includes(written)) return undefined;
  const isQuoted = /["']/.test(text.text.charAt(start - 1));
  return (isQuoted ? /^[\w-]+$/ : /^[A-Za-z_][\w.]*$/).test(name)
    ? { start, end, text: name }
    : undefined;
}

/** The first, unless the second is as near: then nobody can tell which was meant. */
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
  const steps = (suggestion: string): number => distance(nameIn(suggestion), nameIn(written));
  return steps(first) < steps(second) ? first : undefined;
}

/** Names and keys of annotations are shorter. */
const LONGEST = 1000;

function nameIn(ref: string): string {
  const { start, end } = refParts(ref).name;
  return ref.slice(start, end).toLowerCase();
}
