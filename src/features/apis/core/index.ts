export { type DefinitionPlaces, placesOf } from './definitions/definitionPlaces';
export {
  definitionOf,
  type DefinitionSource,
  findSource,
  placesInTwin,
} from './definitions/definitionSource';
export { child, itemsOf, textAt } from './document/placedNode';
export { readDocument } from './document/readJson';
export { sectionsContent } from './formats/sections';
export { DefinitionChecker, type DefinitionCheckerDeps } from './check/definitionChecker';
export { checkDefinitionsJob } from './check/checkDefinitionsJob';
export { DefinitionProblemCache, definitionKey } from './check/definitionProblemCache';
export { MORE_ID } from './outline/limitedItems';
export {
  type ApiOutline,
  type DefinitionProblem,
  definitionSeverities,
  leavesWithPaths,
  type PlacedLeaf,
} from './outline/outline';
export { type LocatedOutline, outlineDefinition } from './outline/outlineDefinition';
