import { isRecord, type Result } from '../../../../base';
import { appendItem } from './appendItem';
import type { FieldRefusal } from './documentEdit';
import { applyOffsetEdits, type OffsetEdit, replacement } from './offsetEdit';
import { removeField } from './removeField';
import { setField } from './setField';

/**
 * The edit that gives a Location one more target; undefined when it has it. `spec.target` becomes the first of
 * `spec.targets`.
 *
 * @param index - of the document, 0-based, empty ones counted
 * @param location - what the document holds
 */
export function addTarget(
  text: string,
  index: number,
  { location, target }: { readonly location: unknown; readonly target: string },
): Result<OffsetEdit | undefined, FieldRefusal> {
  const spec = isRecord(location) && isRecord(location['spec']) ? location['spec'] : {};
  const { target: sole, targets } = spec;
  const path = ['spec', 'targets'];
  const document = index;
  if (typeof sole !== 'string' || Array.isArray(targets)) {
    return appendItem(text, { document, path, value: target });
  }
  const added = setField(text, { document, path, value: [sole, target] });
  if (!added.ok || !added.value) return added;
  const between = applyOffsetEdits(text, [added.value]);
  const removed = removeField(between, { document, path: ['spec', 'target'] });
  if (!removed.ok || !removed.value) return removed;
  return { ok: true, value: replacement(text, applyOffsetEdits(between, [removed.value])) };
}
