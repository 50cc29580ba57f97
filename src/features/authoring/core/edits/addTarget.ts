import { isNode, isScalar, isSeq, type YAMLSeq } from 'yaml';
import { failure, isRecord, ok, type Result } from '../../../../base';
import {
  applyOffsetEdits,
  editDocument,
  type FieldRefusal,
  lineEndOf,
  type OffsetEdit,
  replacement,
  withPart,
} from './documentEdit';
import { type FieldPlace, removeField } from './removeField';
import { scalarText, setField } from './setField';
import { isMarked, valueAt, YamlLayout } from './yamlLayout';

/**
 * Returns the edit that appends a text to a list, which is created if missing; undefined if the list has the text. All
 * other bytes stay the same.
 */
export function appendItem(
  text: string,
  {
    document,
    path,
    value,
  }: Pick<FieldPlace, 'document'> & { readonly path: readonly string[]; readonly value: string },
): Result<OffsetEdit | undefined, FieldRefusal> {
  let isMissing = false;
  const edit = editDocument(
    text,
    document,
    ({ root, base }) => {
      const list = valueAt(root, path);
      isMissing = list === undefined || list === null || (isScalar(list) && list.value === null);
      if (isMissing) return ok(undefined);
      if (!isSeq(list)) return failure('unsafe');
      if (isMarked(list)) return failure('anchor');
      if (list.items.some(item => isScalar(item) && item.value === value)) return ok(undefined);
      const found = list.flow
        ? inBrackets(text, list, value, base)
        : inLines(text, list, value, base);
      return found ? ok(found) : failure('unsafe');
    },
    before =>
      withPart(before, path, list =>
        Array.isArray(list) ? [...(list as readonly unknown[]), value] : list,
      ),
  );
  return isMissing ? setField(text, { document, path, value: [value] }) : edit;
}

function inLines(text: string, list: YAMLSeq, value: string, base: number): OffsetEdit | undefined {
  const last = list.items.at(-1);
  if (!isNode(last) || !last.range) return undefined;
  const layout = new YamlLayout(text, base);
  const before = layout.beforeInLine(base + last.range[0]);
  const dash = /^( *-[ \t]+)(?:[&!]\S+[ \t]+)*$/.exec(before)?.[1];
  if (dash === undefined) return undefined;
  return layout.insertLine(layout.endOf(last), dash + scalarText(value, undefined));
}

function inBrackets(
  text: string,
  list: YAMLSeq,
  value: string,
  base: number,
): OffsetEdit | undefined {
  const last = list.items.at(-1);
  const written = scalarText(value, isScalar(last) ? last.type : undefined);
  if (last !== undefined) {
    const end = new YamlLayout(text, base).endOf(last);
    const comma = { start: end, end, text: `, ${written}` };
    // New items go on their own line where the existing ones do.
    const before =
      isNode(last) && last.range && new YamlLayout(text, base).beforeInLine(base + last.range[0]);
    return before && /^\s+$/.test(before)
      ? { ...comma, text: `,${lineEndOf(text)}${before}${written}` }
      : comma;
  }
  if (!list.range) return undefined;
  const start = base + list.range[0] + 1;
  return { start, end: start, text: written };
}

/**
 * Returns the edit that adds a target to a Location; undefined if it has the target. `spec.target` becomes the first of
 * `spec.targets`.
 *
 * @param index - of the document, 0-based, empty ones counted
 * @param location - value of the document
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
