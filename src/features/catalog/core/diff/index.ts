export {
  type CatalogDiff,
  diffCatalogs,
  type EntityChange,
  type PlacedEntity,
  problemChanges,
  problemIdentity,
  type RelationChange,
  type RemovedEntity,
} from './catalogDiff';
