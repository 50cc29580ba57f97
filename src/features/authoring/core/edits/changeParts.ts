import { isScalar } from 'yaml';
import { failure, isRecord, ok, type Result } from '../../../../base';
import type { PartChange } from '../../../../model/releases';
import {
  applyOffsetEdits,
  editDocument,
  type FieldRefusal,
  type OffsetEdit,
  type ValuePath,
  withPart,
} from './documentEdit';
import { removeField } from './removeField';
import { type FieldValue, replaceScalar, setField } from './setField';
import { isMarked, pairAt } from './yamlLayout';

/**
 * Applies changes to a document, one after the other; none if one of them can't be applied. All other bytes stay the
 * same.
 *
 * @returns the text of the file
 */
export function changeParts(
  text: string,
  { document, changes }: { readonly document: number; readonly changes: readonly PartChange[] },
): Result<string, FieldRefusal> {
  let current = text;
  for (const change of changes) {
    const edit = editOf(current, document, change);
    if (!edit.ok) return edit;
    if (edit.value) current = applyOffsetEdits(current, [edit.value]);
  }
  return ok(current);
}

function editOf(
  text: string,
  document: number,
  change: PartChange,
): Result<OffsetEdit | undefined, FieldRefusal> {
  const { path } = change;
  switch (change.type) {
    case 'remove':
      return removeField(text, { document, path });
    case 'rename':
      return renameField(text, { document, path, to: change.to });
    case 'set':
      return isFieldValue(change.value)
        ? setField(text, { document, path, value: change.value, replacesTemplates: true })
        : failure('several-values');
  }
}

/** Whether a value has no nulls and dates, which can't be written. Aliases have been resolved. */
function isFieldValue(value: unknown): value is FieldValue {
  if (Array.isArray(value)) return value.every(isFieldValue);
  if (isRecord(value)) return Object.values(value).every(isFieldValue);
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Returns the edit that gives a field another key, with its value unchanged. */
function renameField(
  text: string,
  {
    document,
    path,
    to,
  }: { readonly document: number; readonly path: ValuePath; readonly to: string },
): Result<OffsetEdit | undefined, FieldRefusal> {
  return editDocument(
    text,
    document,
    ({ root, base }) => {
      const found = pairAt(root, path);
      if (!found.ok) return found;
      const key = found.value?.pair.key;
      if (key === undefined) return failure('moved');
      if (!isScalar(key) || isMarked(key)) return failure('anchor');
      return replaceScalar(text, base, key, to);
    },
    value =>
      withPart(value, path.slice(0, -1), map =>
        isRecord(map)
          ? Object.fromEntries(
              Object.entries(map).map(([key, field]) => [key === path.at(-1) ? to : key, field]),
            )
          : map,
      ),
  );
}
