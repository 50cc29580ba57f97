export {
  canonicalJson,
  describeFieldChange,
  describePath,
  describeValue,
  type FieldChange,
  fieldChanges,
  isEqualJson,
  isObject,
  writtenPart,
} from './fieldChanges';
