import { type Document, isMap, type ParsedNode, type YAMLMap } from 'yaml';
import type { TextEdit } from '../../../../api';
import { failure, isRecord, LineIndex, ok, ownValue, type Result } from '../../../../base';
import { composeDocuments } from '../../../../platform/core/yaml';

/**
 * The reason why a field can't be edited: the entity isn't where it was (`moved`), its document has errors (`invalid`),
 * the value has an anchor, an alias or a tag (`anchor`), it contains template syntax (`templated`), it is a list or a
 * map (`several-values`), or no small edit can change its notation (`unsafe`).
 */
export type FieldRefusal =
  | 'moved'
  | 'invalid'
  | 'anchor'
  | 'templated'
  | 'several-values'
  | 'unsafe';

interface EditableDocument {
  readonly root: YAMLMap;
  /** The base of the nodes' offsets. */
  readonly base: number;
}

/** Keys, and indices of list items. */
export type ValuePath = readonly (string | number)[];

/**
 * Returns a copy of a value with the part at a path changed. Creates missing maps on the path. Removes a key whose
 * value becomes undefined.
 */
export function withPart(
  value: unknown,
  [key, ...rest]: ValuePath,
  change: (part: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  if (typeof key === 'number') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items.map((item, index) => (index === key ? withPart(item, rest, change) : item));
  }
  const fields = isRecord(value) ? value : {};
  const changed = withPart(ownValue(fields, key), rest, change);
  const entries = Object.entries({ ...fields, [key]: changed });
  return Object.fromEntries(entries.filter(([name]) => name !== key || changed !== undefined));
}

/**
 * Edits one document of a file and verifies the result: an edit that results in another value than expected is
 * rejected.
 *
 * @param index - 0-based, empty documents counted
 * @param find - undefined if there is nothing to change
 * @param expected - returns the expected value of the document, given the current one
 */
export function editDocument(
  text: string,
  index: number,
  find: (document: EditableDocument) => Result<OffsetEdit | undefined, FieldRefusal>,
  expected: (value: unknown) => unknown,
): Result<OffsetEdit | undefined, FieldRefusal> {
  const composed = composeDocuments(text)[index];
  if (!composed) return failure('moved');
  const { document, base, start, end } = composed;
  if (!document || document.errors.length) return failure('invalid');
  const root = document.contents;
  if (!isMap(root)) return failure('moved');
  const edit = find({ root, base });
  if (!edit.ok || !edit.value) return edit;
  const changed = applyOffsetEdits(text.slice(start, end), [movedEdit(edit.value, -start)]);
  return hasExpectedValue(changed, document, expected) ? ok(edit.value) : failure('unsafe');
}

/** Whether an edited document has the expected value and no errors. */
function hasExpectedValue(
  text: string,
  before: Document.Parsed<ParsedNode>,
  expected: (value: unknown) => unknown,
): boolean {
  const documents = composeDocuments(text);
  const [after] = documents;
  if (documents.length !== 1 || !after?.document || after.document.errors.length) return false;
  try {
    return equalValues(after.document.toJS(), expected(before.toJS()));
  } catch {
    // Aliases without a target, or with too large an expansion.
    return false;
  }
}

/** Whether two YAML or JSON values are equal; the order of keys doesn't matter. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && equalValues(value, right.get(key)))
  );
}

/** One change of a text, by offsets; an empty range inserts. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Moves an edit by a number of characters. */
export function movedEdit(edit: OffsetEdit, by: number): OffsetEdit {
  return { start: edit.start + by, end: edit.end + by, text: edit.text };
}

/** Applies edits that don't overlap; edits at the same place are applied in their order. */
export function applyOffsetEdits(text: string, edits: readonly OffsetEdit[]): string {
  let result = '';
  let at = 0;
  // The sort is stable.
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Converts edits to the editor's form. */
export function toTextEdits(text: string, edits: readonly OffsetEdit[]): readonly TextEdit[] {
  const lines = new LineIndex(text);
  return edits.map(({ start, end, text: newText }) => ({
    range: lines.rangeAt(start, end),
    newText,
  }));
}

/** Returns the smallest single edit that turns one text into another; undefined if they are equal. */
export function replacement(text: string, wanted: string): OffsetEdit | undefined {
  if (text === wanted) return undefined;
  const shorter = Math.min(wanted.length, text.length);
  let start = 0;
  while (start < shorter && wanted[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && wanted.at(-1 - end) === text.at(-1 - end)) end++;
  return { start, end: text.length - end, text: wanted.slice(start, wanted.length - end) };
}

/** Returns the line ending that a text uses, for added lines. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
