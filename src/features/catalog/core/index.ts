export type { AppConfigFileDeps, AppConfigLink } from './configuredBackstage/config/appConfigFile';
export {
  appConfigLinks,
  scaffolderConfigOf,
  validateAppConfig,
} from './configuredBackstage/config/appConfigs';
export type { BackstageSetup } from './configuredBackstage/config/backstageSetup';
export type { BackstageUrls, ServedUrls, UrlDemand } from './configuredBackstage/urls/servedUrls';
export { openFileSelector } from './discovery/openFileSelector';
export { CatalogEngine } from './engine/catalogEngine';
export type { CatalogFile, CatalogStatistics } from './engine/catalogStatistics';
export { type CatalogOptions, defaultCatalogOptions, readCatalogOptions } from './options';
export { groupKeyOf, groupProblems } from './problems/groupProblems';
export { type CatalogProblemCode, problemSeverities } from './problems/problemSeverities';
export { replacePlaceholders } from './processing/replacePlaceholders';
export { matchesFilter, parseEntityFilter } from './query/entityFilter';
export type { EmittedRelation, EntityRecord, FileRecord } from './records';
export type { ForgesOfHosts, Repository } from './repository/repositories';
export type { CatalogSource, FindWantedRefs, WantedRefs } from './sources/catalogSource';
export type { SourceCounts } from './sources/sourceCounts';
export type { CatalogRoot, IndexOptions, IndexSession, IndexState } from './workspace/catalogIndex';
export type { IndexedFile } from './workspace/files/indexedFile';
export type { RefreshPhase, RefreshProgress, WorkOptions } from './workspace/refreshProgress';
