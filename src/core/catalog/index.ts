export type { AppConfigFileDeps, AppConfigLink } from './backstage/appConfigFile';
export { appConfigLinks, scaffolderConfigOf, validateAppConfig } from './backstage/appConfigs';
export type { BackstageSetup } from './backstage/backstageSetup';
export { CatalogEngine } from './catalogEngine';
export type { CatalogFile, CatalogStatistics } from './catalogStatistics';
export { formatPath } from './ingest/documentValue';
export { openFileSelector } from './discovery/openFileSelector';
export { replacePlaceholders } from './processing/placeholdersOnDemand';
export { type CatalogOptions, defaultCatalogOptions, readCatalogOptions } from './options';
export {
  type CatalogProblemCode,
  problemSeverities,
  type SeveritySettings,
} from './problems/problemSeverities';
export { isEntity, moveBetween, originOf } from './packing/packedEntity';
export { compactRecord } from './packing/packedFile';
export { type ServedContent, servedContent, ServedEntity } from './packing/servedEntity';
export { collectReferences } from './processing/references';
export { problemTitles } from './problems/problemTitles';
export { skeletonProblems } from './problems/skeletonProblems';
export { matchesFilter, parseEntityFilter } from './query/entityFilter';
export { walkJob } from './discovery/walkJob';
export { fetchJob } from './workspace/fetchJob';
export { ingestJob } from './workspace/ingestJob';
export type { CatalogWorkers } from './workspace/ingestRun';
export type { CatalogSource } from './sources/catalogSource';
export { decodeFrames, encodeFrame } from './snapshot/frames';
export {
  openUrlCatalog,
  type UrlCatalog,
  type UrlCatalogDeps,
  urlCatalogFile,
} from './sources/urlCatalogOnDemand';
export type {
  CatalogRoot,
  IndexOptions,
  IndexSession,
  IndexState,
  OutsideFolder,
  RefreshProgress,
} from './workspace/catalogIndex';
export type { IndexedFile } from './workspace/fileTable';
export { OrderedFiles } from './workspace/orderedFiles';
export { openSourceIndex } from './sources/openSourceIndex';
export type { RemoteHost } from './repository/gitFiles';
export type { Repository } from './repository/repositories';
export type { SourceIndex } from './sources/sourceIndex';
export {
  type EmittedRelation,
  emptyFileRecord,
  type EntityRecord,
  type FileRecord,
} from './records';
export { Slices } from './workspace/slices';
