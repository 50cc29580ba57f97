export * from './catalog/catalog';
export * from './catalog/catalogViews';
export * from './catalog/edits';
export * from './catalog/entityViews';
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

// Types of `base` and `model` that the API uses, and what plugins need of them at run time. Built-in plugins import them from here, too.
export {
  basenameUri,
  childUri,
  codeText,
  compareNaturally,
  dirnameUri,
  type Disposable,
  DisposableStore,
  Emitter,
  EMPTY_RANGE,
  english,
  errorMessage,
  escapeMarkdown,
  type Event,
  failure,
  formatAge,
  formatEditorUri,
  formatNumber,
  formatQueryValue,
  formatTimeLeft,
  formatUri,
  getOrInsert,
  groupBy,
  hashText,
  runInSlices,
  isAbort,
  isRecord,
  isWithin,
  joinUri,
  LineIndex,
  linkTarget,
  type Logger,
  mapConcurrently,
  ok,
  onDemand,
  ownValue,
  parseUri,
  type Position,
  type QueryPartOf,
  queryReader,
  raceAbort,
  type Range,
  Registry,
  relativePath,
  type Result,
  SerialQueue,
  silentLogger,
  TimeSlicer,
  toDisposable,
  type Translate,
  translateCount,
  TurnQueue,
  type UriComponents,
  uriPath,
  withoutIcons,
  withoutLinks,
} from '../base';
export {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_ORPHAN,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  builtinRelationRules,
  commentSyntaxOf,
  compareSeverity,
  type CompoundEntityRef,
  DEFAULT_NAMESPACE,
  type Entity,
  type EntityLink,
  type EntityMeta,
  type EntityRefContext,
  type EntityRelation,
  getCompoundEntityRef,
  isValidNamespace,
  isValidObjectName,
  type JsonObject,
  type JsonValue,
  parseEntityRef,
  parseLocationRef,
  type Problem,
  type ProblemEdit,
  type ProblemFix,
  readEntityRef,
  readPartialRef,
  type RelatedPlace,
  type RelationRule,
  severities,
  type Severity,
  shortenEntityRef,
  stringifyEntityRef,
} from '../model';
export {
  type AnyFilterPredicate,
  type FilterPredicate,
  type FilterPredicateExpression,
  type FilterPredicatePrimitive,
  type FilterPredicateValue,
  matchesPredicate,
  type PredicateTerm,
  splitPredicates,
} from '../model/predicates';
export {
  canHaveDocs,
  canHaveOwner,
  compareRelationTypes,
  dependentsSummary,
  descriptorUrls,
  entityAnnotation,
  entityDescription,
  entityFacets,
  type EntityFacets,
  entityLifecycle,
  entityLinks,
  entityNamespace,
  entityTags,
  entityTitle,
  entityType,
  hasDocs,
  isDocumented,
  isKnownKind,
  isOwned,
  isSafeUrl,
  kindIcon,
  kindOrder,
  kindPlural,
  ownerRefs,
  type PlaceInDocs,
  readPlaceInDocs,
  refOf,
  relationLabel,
  relationTargets,
  shortOwnerRef,
  symbolOfKind,
  TECHDOCS_ENTITY,
  TECHDOCS_REF,
  templateIcon,
} from '../model/presentation';
export {
  canonicalJson,
  describeFieldChange,
  describePath,
  type FieldDifference,
  fieldChanges,
  writtenPart,
} from '../model/differences';
