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
export { DefinitionJudge, type DefinitionJudgeDeps } from './judgement/definitionJudge';
export { judgeJob } from './judgement/judgeJob';
export { VerdictCache, verdictKey } from './judgement/verdictCache';
export { MORE_ID } from './outline/limitedItems';
export {
  type ApiOutline,
  type DefinitionProblem,
  definitionSeverities,
  leavesWithPaths,
  type PlacedLeaf,
} from './outline/outline';
export { type LocatedOutline, outlineDefinition } from './outline/outlineDefinition';
