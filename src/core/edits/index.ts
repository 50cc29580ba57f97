export { ignoreComment } from './ignoreComment';
export { applyOffsetEdits, type OffsetEdit, toTextEdits } from './offsetEdit';
export { replaceValue } from './replaceValue';
export { scalarText } from './scalarText';
export { type FieldRefusal, type FieldTarget, MAX_NESTING, setField } from './setField';
