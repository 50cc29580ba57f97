import { comparePositions, translate } from '../../../../base';
import type { Problem } from '../../../../model';
import { flatMapInSlices, TimeSlicer } from '../../../../platform/core';
import { type OffsetEdit, removeField } from '../../core/edits';
import { cursorAt } from '../documents/cursor';
import { YamlText } from '../documents/yamlText';
import type { CodeActionRequest } from '../languageProvider';
import { type ActionSource, editAction, FIX_ALL } from './actionSource';
import { OUTDATED, updateAt } from './fields/updateField';
import { suggestionEdit } from './fields/useSuggestion';
import { editOfPart } from './workspaceEdits';

/** Codes of problems that have an unambiguous fix. */
const UNAMBIGUOUS = [
  'dangling-reference',
  'wrong-kind-reference',
  'unknown-annotation',
  'deprecated-annotation',
];

/** Applies all unambiguous fixes in the file at once. */
export const fixAll: ActionSource = async request => {
  const { text, signal } = request;
  const fixed: Problem[] = [];
  const edits: OffsetEdit[] = [];
  let current = text;
  let limit = text.text.length;
  // From the end to the start, so that earlier offsets stay valid.
  const slices = new TimeSlicer();
  for (const problem of problemsOfFile(request)) {
    if (slices.isOver) await slices.pause();
    if (signal.aborted) return [];
    const edit = safeEdit(current, problem);
    if (!edit || edit.end > limit) continue;
    const { uri, version } = text;
    const changed = `${current.text.slice(0, edit.start)}${edit.text}${current.text.slice(edit.end)}`;
    current = new YamlText({ uri, version, text: changed }, current);
    limit = edit.start;
    fixed.push(problem);
    edits.unshift(edit);
  }
  return editAction(text, edits, {
    title: translate('Fix all auto-fixable Callboard problems'),
    kind: FIX_ALL,
    problems: fixed,
  });
};

/** Returns the problems in reverse order, without duplicates. */
function problemsOfFile({ text, problems, context }: CodeActionRequest): readonly Problem[] {
  const all = new Set([...problems, ...context.catalog.problems(text.uri)]);
  return [...all].sort((a, b) => comparePositions(b.range.start, a.range.start));
}

function safeEdit(text: YamlText, problem: Problem): OffsetEdit | undefined {
  if (problem.code === OUTDATED) return updateAt(text, text.offsetAt(problem.range.start))?.edit;
  const [suggestion, other] = problem.suggestions ?? [];
  if (suggestion !== undefined && other === undefined && UNAMBIGUOUS.includes(problem.code)) {
    return suggestionEdit(text, problem, suggestion);
  }
  return readOnlyEdit(text, problem);
}

/** Fields that only Backstage writes. Source: `Entity.schema.json` and `EntityMeta.schema.json`. */
const READ_ONLY = ['relations', 'status', 'metadata.uid', 'metadata.etag'];

/** Codes of problems about such a field. */
const CODES = ['read-only-field', 'invalid-metadata', 'schema-mismatch'];

/** Removes fields that only Backstage writes. */
export const removeReadOnly: ActionSource = async ({ text, problems, signal }) => {
  const fields = await flatMapInSlices(problems, signal, problem => {
    const field = readOnlyField(text, problem);
    return field === undefined ? [] : [{ field, problem }];
  });
  return [...Map.groupBy(fields, ({ field }) => field)].flatMap(([field, occurrences]) =>
    editAction(text, occurrences[0] && readOnlyEdit(text, occurrences[0].problem), {
      title: translate('Remove {0}', field),
      problems: occurrences.map(({ problem }) => problem),
      isPreferred: true,
    }),
  );
};

/** Returns undefined if the problem is about something else, or the field can't be removed safely. */
function readOnlyEdit(text: YamlText, problem: Problem): OffsetEdit | undefined {
  const path = readOnlyField(text, problem)?.split('.');
  if (!path) return undefined;
  return editOfPart(text.partAt(text.offsetAt(problem.range.start)), (source, document) =>
    removeField(source, { document, path }),
  );
}

function readOnlyField(text: YamlText, { code, range }: Problem): string | undefined {
  if (!CODES.includes(code)) return undefined;
  const path = cursorAt(text, text.offsetAt(range.start))?.path.join('.');
  return READ_ONLY.find(field => path === field || path?.startsWith(`${field}.`));
}
