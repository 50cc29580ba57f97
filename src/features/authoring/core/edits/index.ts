export { addTarget } from './addTarget';
export { appendItem } from './appendItem';
export type { FieldRefusal } from './documentEdit';
export type { FieldValue } from './fieldValue';
export { ignoreComment, ignoreCommentIn } from './ignoreComment';
export {
  applyOffsetEdits,
  lineEndOf,
  type OffsetEdit,
  replacement,
  toTextEdits,
} from './offsetEdit';
export { removeField } from './removeField';
export { replaceValue } from './replaceValue';
export { scalarText } from './scalarText';
export { type FieldTarget, setField } from './setField';
export { withoutField } from './withoutField';
