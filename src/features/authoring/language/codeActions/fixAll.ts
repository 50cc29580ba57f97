import { comparePositions } from '../../../../base';
import type { Problem } from '../../../../model';
import { Slices } from '../../../../platform/core';
import type { OffsetEdit } from '../../core/edits';
import { YamlText } from '../documents/yamlText';
import type { CodeActionRequest } from '../languageProvider';
import { type ActionSource, FIX_ALL } from './actionSource';
import { readOnlyEdit } from './fields/removeReadOnly';
import { suggestionEdit } from './fields/useSuggestion';

/** Codes of problems that are mended by the one thing that may have been meant. */
const UNAMBIGUOUS = [
  'dangling-reference',
  'wrong-kind-reference',
  'unknown-annotation',
  'deprecated-annotation',
];

/** All in the file that can be mended without a choice, at once. */
export const fixAll: ActionSource = async request => {
  const { text, signal } = request;
  const mended: Problem[] = [];
  const edits: OffsetEdit[] = [];
  let current = text;
  let limit = text.text.length;
  // From the end to the start: what comes before an edit is where it was.
  const slices = new Slices();
  for (const problem of problemsOfFile(request)) {
    if (slices.isOver) await slices.pause();
    if (signal.aborted) return [];
    const edit = safeEdit(current, problem);
    if (!edit || edit.end > limit) continue;
    const { uri, version } = text;
    const changed = `${current.text.slice(0, edit.start)}${edit.text}${current.text.slice(edit.end)}`;
    current = new YamlText({ uri, version, text: changed }, current);
    limit = edit.start;
    mended.push(problem);
    edits.unshift(edit);
  }
  if (!edits.length) return [];
  return [
    {
      title: 'Fix all that Callboard can fix',
      kind: FIX_ALL,
      problems: mended,
      changes: [{ uri: text.uri, text: text.text, edits }],
    },
  ];
};

/** The last first; several at one place once. */
function problemsOfFile({ text, problems, context }: CodeActionRequest): readonly Problem[] {
  const all = new Set([...problems, ...context.catalog.problems(text.uri)]);
  return [...all].sort((a, b) => comparePositions(b.range.start, a.range.start));
}

function safeEdit(text: YamlText, problem: Problem): OffsetEdit | undefined {
  const [meant, other] = problem.suggestions ?? [];
  if (meant !== undefined && other === undefined && UNAMBIGUOUS.includes(problem.code)) {
    return suggestionEdit(text, problem, meant);
  }
  return readOnlyEdit(text, problem);
}
