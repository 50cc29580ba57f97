// Entry point of callers that get the catalog from another process: doesn't include the engine.

export { NearestRefs } from '../graph/nearestRefs';
export { isDescriptorName } from '../ingest/descriptorNames';
export type { YamlDocument } from '../ingest/yaml/yamlDocument';
export { parseYamlDocuments } from '../ingest/yaml/yamlDocuments';
export { noModelData } from '../modelLayers/modelData';
export { groupKeyOf, groupProblems } from '../problems/groupProblems';
export { ownProblems } from '../problems/ownProblems';
export { Repositories, type Repository } from '../repository/repositories';
export { webAddresses } from '../repository/webAddresses';
export { countSourceEntities } from '../sources/sourceCounts';
