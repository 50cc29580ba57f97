export { describeFieldChange, describePath, describeValue } from './describeChange';
export { type FieldChange, fieldChanges, writtenPart } from './fieldChanges';
export { canonicalJson, isEqualJson, isObject } from './json';
