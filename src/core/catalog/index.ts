export type { AppConfigFileDeps, AppConfigLink } from './backstage/appConfigFile';
export { appConfigLinks, validateAppConfig } from './backstage/appConfigs';
export type { BackstageSetup } from './backstage/backstageSetup';
export { CatalogEngine } from './catalogEngine';
export type { CatalogFile, CatalogStatistics } from './catalogStatistics';
export { openFileSelector } from './discovery/openFileSelector';
export { type CatalogOptions, defaultCatalogOptions, readCatalogOptions } from './options';
export { isDescriptorName } from './ingest/descriptorNames';
export { NearestRefs } from './graph/nearestRefs';
export { findDisabledLines, isDisabled } from './problems/disableComments';
export {
  type CatalogProblemCode,
  problemSeverities,
  type SeveritySettings,
} from './problems/problemSeverities';
export { ownProblems } from './problems/ownProblems';
export { problemTitles } from './problems/problemTitles';
export { matchesFilter, parseEntityFilter } from './query/entityFilter';
export { Repositories, type Repository, webAddresses } from './repository/repositories';
export { walkJob } from './discovery/walkJob';
export { fetchJob } from './workspace/fetchJob';
export { ingestJob } from './workspace/ingestJob';
export type { CatalogWorkers } from './workspace/ingestRun';
export type { CatalogRoot, OutsideFolder, RefreshProgress } from './workspace/catalogIndex';
export type { EntityRecord } from './records';
export { Slices } from './workspace/slices';
