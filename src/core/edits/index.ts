export { ignoreComment } from './ignoreComment';
export { applyOffsetEdits, type OffsetEdit, toTextEdits } from './offsetEdit';
export { replaceValue } from './replaceValue';
export { type FieldRefusal, type FieldTarget, setField } from './setField';
