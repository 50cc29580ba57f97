export { MAX_REPEATED, type YamlExcess } from './aliases';
export { type ComposedDocument, composeDocuments } from './composeDocuments';
export { mustParseWhole, MARKER_LENGTH, type PartOffsets, splitDocuments } from './documentParts';
export { isPlainScalar, lexYaml, MAX_ALIASES, parseYaml } from './parseYaml';
export { MAX_NESTING, MAX_YAML_LENGTH } from './limits';
export { writtenSpans } from './writtenSpans';
export type { PlacedItem, PlacedNode } from './scan/placedCollection';
export { isScannable, scanDocument, type ScannedDocument, scanText } from './scan/scanDocument';
