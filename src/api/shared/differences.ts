export {
  canonicalJson,
  describeFieldChange,
  describePath,
  type FieldDifference,
  fieldChanges,
  writtenPart,
} from '../../model/differences';
