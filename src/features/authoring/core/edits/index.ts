export { addTarget, appendItem } from './addTarget';
export {
  applyOffsetEdits,
  type FieldRefusal,
  lineEndOf,
  movedEdit,
  type OffsetEdit,
  replacement,
  toTextEdits,
} from './documentEdit';
export { type FieldTarget, type FieldValue, scalarText, setField } from './setField';
export { changeParts } from './changeParts';
export { ignoreComment, ignoreCommentIn } from './ignoreComment';
export { removeField, withoutField } from './removeField';
export { replaceValue } from './replaceValue';
