export type * from './cardContent';
export * from './catalog';
export * from './catalogViews';
export * from './coreServices';
export * from './edits';
export * from './entityPages';
export * from './extensionPoints';
export * from './import';
export type * from './instanceDocs';
export type * from './instanceOptions';
export type * from './instances';
export type * from './instanceSearch';
export * from './instanceSites';
export type * from './instanceTemplates';
export * from './plugin';
export * from './portalApi';
export type * from './portalPages';
export * from './refactoring';
export * from './services';
export * from './scaffolder';
export * from './search';
export * from './searchProviders';
export type * from './sources';
export type * from './techdocs';
export * from './techdocsPages';
export type * from './templateInstance';
export type * from './templates';
export type * from './templateTasks';

// What the API's types are made of, for extensions that have nothing but this door.
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
