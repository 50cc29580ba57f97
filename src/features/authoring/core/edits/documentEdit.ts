import { type Document, isMap, type ParsedNode, type YAMLMap } from 'yaml';
import { failure, ok, type Result } from '../../../../base';
import { composeDocuments } from '../../../../platform/core/yaml';
import { equalValues } from './equalValues';
import { applyOffsetEdits, type OffsetEdit } from './offsetEdit';

/**
 * Why a field was left alone: the entity is not where it was (`moved`), its document has errors
 * (`invalid`), the value is shared or typed by an anchor, an alias or a tag (`anchor`), it is filled
 * in by a template (`templated`), it is a list or a map (`several-values`), or it is written in a
 * way that no small edit can change (`unsafe`).
 */
export type FieldRefusal =
  'moved' | 'invalid' | 'anchor' | 'templated' | 'several-values' | 'unsafe';

export interface EditableDocument {
  readonly root: YAMLMap;
  /** Offsets of nodes count from here. */
  readonly base: number;
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
  const changed = applyOffsetEdits(text.slice(start, end), [
    { ...edit.value, start: edit.value.start - start, end: edit.value.end - start },
  ]);
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
