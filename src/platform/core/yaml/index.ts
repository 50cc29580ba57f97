export { MAX_REPEATED, type YamlExcess } from './aliases';
export { type ComposedDocument, composeDocuments } from './composeDocuments';
export { cannotBeParted, MARKER_LENGTH, type PartOffsets, partsOf } from './documentParts';
export { DocumentText } from './documentText';
export { lexYaml } from './lexYaml';
export { MAX_NESTING, MAX_YAML_LENGTH } from './limits';
export { MAX_ALIASES, parseYaml } from './parseYaml';
export { isPlainScalar } from './plainScalar';
export { writtenSpans } from './writtenSpans';
