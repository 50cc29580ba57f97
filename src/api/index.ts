export * from './catalog/catalog';
export * from './catalog/catalogViews';
export * from './catalog/edits';
export * from './catalog/import';
export * from './catalog/refactoring';
export * from './coreServices';
export * from './extensionPoints';
export type * from './instances/instanceDocs';
export type * from './instances/instanceOptions';
export type * from './instances/instances';
export type * from './instances/instanceSearch';
export * from './instances/instanceSites';
export type * from './instances/instanceTemplates';
export type * from './instances/templateInstance';
export * from './plugin';
export type * from './portal/cardContent';
export * from './portal/entityPages';
export type * from './portal/portalPages';
export * from './portalApi';
export * from './search/search';
export * from './search/searchProviders';
export * from './services';
export type * from './sources';
export type * from './techdocs/techdocs';
export * from './techdocs/techdocsPages';
export * from './templates/scaffolder';
export type * from './templates/templates';
export type * from './templates/templateTasks';

// Types of `base` and `model` that the API uses, for extensions that import only this module.
export type { Disposable, Event, Logger, Position, Range } from '../base';
export type {
  CompoundEntityRef,
  Entity,
  EntityLink,
  EntityMeta,
  EntityRelation,
  JsonObject,
  JsonValue,
  Problem,
  RelatedPlace,
  Severity,
} from '../model';
export type {
  AnyFilterPredicate,
  FilterPredicate,
  FilterPredicateExpression,
  FilterPredicatePrimitive,
  FilterPredicateValue,
} from '../model/predicates';
