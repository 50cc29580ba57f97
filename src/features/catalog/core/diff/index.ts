export {
  type CatalogDiff,
  diffCatalogs,
  type EntityChange,
  type RemovedEntity,
} from './catalogDiff';
export { problemChanges, problemIdentity } from './problemChanges';
export type { RelationChange } from './relationChanges';
export type { PlacedEntity } from './renames';
