import type { Problem } from '../../../../../model';
import { flatMapInSlices } from '../../../../../platform/core';
import { type OffsetEdit, removeField } from '../../../core/edits';
import { cursorAt } from '../../documents/cursor';
import type { YamlText } from '../../documents/yamlText';
import type { ActionSource } from '../actionSource';
import { editOfPart } from '../workspaceEdits';

/** Fields that only Backstage writes. Source: `Entity.schema.json` and `EntityMeta.schema.json`. */
const READ_ONLY = ['relations', 'status', 'metadata.uid', 'metadata.etag'];

/** The codes that such a field may be told of by. */
const CODES = ['read-only-field', 'invalid-metadata', 'schema-mismatch'];

/** Takes away fields that only Backstage writes. */
export const removeReadOnly: ActionSource = async ({ text, problems, signal }) => {
  const byField = new Map<string, Problem[]>();
  const fields = await flatMapInSlices(problems, signal, problem => {
    const field = readOnlyField(text, problem);
    return field === undefined ? [] : [{ field, problem }];
  });
  for (const { field, problem } of fields) {
    byField.set(field, [...(byField.get(field) ?? []), problem]);
  }
  return [...byField].flatMap(([field, told]) => {
    const edit = told[0] && readOnlyEdit(text, told[0]);
    if (!edit) return [];
    return [
      {
        title: `Remove ${field}`,
        problems: told,
        isPreferred: true,
        changes: [{ uri: text.uri, text: text.text, edits: [edit] }],
      },
    ];
  });
};

/** Undefined where the problem is of something else, or the field cannot be taken away safely. */
export function readOnlyEdit(text: YamlText, problem: Problem): OffsetEdit | undefined {
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
