export { type ComposedDocument, composeDocuments } from './composeDocuments';
export { cannotBeParted, MARKER_LENGTH, type PartOffsets, partsOf } from './documentParts';
export { DocumentText } from './documentText';
export { writtenSpans } from './writtenSpans';
