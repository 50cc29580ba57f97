export type { AppConfigFileDeps, AppConfigLink } from './configuredBackstage/config/appConfigFile';
export {
  appConfigLinks,
  scaffolderConfigOf,
  validateAppConfig,
} from './configuredBackstage/config/appConfigs';
export type { BackstageSetup } from './configuredBackstage/config/backstageSetup';
export type { BackstageUrls, ServedUrls, UrlDemand } from './configuredBackstage/urls/servedUrls';
export { CatalogEngine } from './engine/catalogEngine';
export type { CatalogFile, CatalogStatistics } from './engine/catalogStatistics';
export { openFileSelector } from './discovery/openFileSelector';
export { replacePlaceholders } from './processing/placeholdersOnDemand';
export { type CatalogOptions, defaultCatalogOptions, readCatalogOptions } from './options';
export { type CatalogProblemCode, problemSeverities } from './problems/problemSeverities';
export { moveBetween, originOf } from './packing/packedEntity';
export { problemTitles } from './problems/problemTitles';
export { groupKeyOf, groupProblems } from './problems/groupProblems';
export { matchesFilter, parseEntityFilter } from './query/entityFilter';
export type { CatalogWorkers } from './workspace/jobs/ingestRun';
export type { CatalogSource, FindWantedRefs, WantedRefs } from './sources/catalogSource';
export type { CatalogRoot, IndexOptions, IndexSession, IndexState } from './workspace/catalogIndex';
export type { RefreshPhase, RefreshProgress, WorkOptions } from './workspace/jobs/refreshProgress';
export type { IndexedFile } from './workspace/files/indexedFile';
export type { ForgesOfHosts, Repository } from './repository/repositories';
export type { SourceCounts } from './sources/sourceCounts';
export type { SourceIndex } from './sources/sourceIndex';
export { type EmittedRelation, type EntityRecord, type FileRecord } from './records';
export { Slices } from './workspace/slices';
