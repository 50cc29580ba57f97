import { type Document, isMap, type ParsedNode, type YAMLMap } from 'yaml';
import type { TextEdit } from '../../../../api';
import { failure, isRecord, LineIndex, ok, ownValue, type Result } from '../../../../base';
import { composeDocuments } from '../../../../platform/core/yaml';

/**
 * Why a field was left alone: the entity is not where it was (`moved`), its document has errors
 * (`invalid`), the value is shared or typed by an anchor, an alias or a tag (`anchor`), it is filled
 * in by a template (`templated`), it is a list or a map (`several-values`), or it is written in a
 * way that no small edit can change (`unsafe`).
 */
export type FieldRefusal =
  'moved' | 'invalid' | 'anchor' | 'templated' | 'several-values' | 'unsafe';

interface EditableDocument {
  readonly root: YAMLMap;
  /** Offsets of nodes count from here. */
  readonly base: number;
}

/** Keys, and indices of items that are maps. */
export type ValuePath = readonly (string | number)[];

/**
 * A value in which the part at a path is another one; all else is as it was. Maps on the way are added
 * where they are missing. A key whose value becomes undefined is taken away.
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
 * Makes an edit of one document of a file and reads back what it makes of it: one that gives another
 * value than the one that is expected is refused.
 *
 * @param index - 0-based, empty documents counted
 * @param find - undefined where there is nothing to be changed
 * @param expected - what the document is to hold afterwards, of what it holds now
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
  return says(changed, document, expected) ? ok(edit.value) : failure('unsafe');
}

/** Whether a document reads as the one before did, but for what is expected. */
function says(
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
    // Aliases that lead nowhere, or to too much.
    return false;
  }
}

/** Whether two values of YAML or JSON are the same; the order of keys does not count. */
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

/** One change of a text, by offsets; an empty stretch inserts. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The same edit so many characters further on. */
export function movedEdit(edit: OffsetEdit, by: number): OffsetEdit {
  return { start: edit.start + by, end: edit.end + by, text: edit.text };
}

/** The text with edits that do not overlap; of two at the same place, the first comes first. */
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

/** The same edits as an editor takes them. */
export function toTextEdits(text: string, edits: readonly OffsetEdit[]): readonly TextEdit[] {
  const lines = new LineIndex(text);
  return edits.map(({ start, end, text: newText }) => ({
    range: lines.rangeAt(start, end),
    newText,
  }));
}

/** The smallest single edit that makes one text of another; undefined where they are the same. */
export function replacement(text: string, wanted: string): OffsetEdit | undefined {
  if (text === wanted) return undefined;
  const shorter = Math.min(wanted.length, text.length);
  let start = 0;
  while (start < shorter && wanted[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && wanted.at(-1 - end) === text.at(-1 - end)) end++;
  return { start, end: text.length - end, text: wanted.slice(start, wanted.length - end) };
}

/** The line end that a text uses, for lines that are added to it. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
