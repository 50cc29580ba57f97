export { ConfiguredSource } from './registry/sourcePlaceholder';
export { EnvironmentSourceTokens } from './environmentSourceTokens';
export { DefaultSourceHttp, type DefaultSourceHttpDeps } from './http/defaultSourceHttp';
export { RequestSlots } from './http/requestSlots';
export { unknownKinds } from './typedSources';
export { type OpenBackstageSource, openRemoteSource } from './openRemoteSource';
export { SourceRegistry, type SourceRegistryDeps } from './registry/sourceRegistry';
export { SourcePlaceholder } from './registry/sourcePlaceholder';
export { parseSourceAddress, readSources } from './sourceConfigs';
export {
  hostsOfSources,
  isNamedForGit,
  readHosts,
  typesOfSources,
  withApiHosts,
} from './sourceHosts';
export type { RemoteSourceDeps } from './remoteSourceDeps';
export { StoredCopy } from './storedCopy';
export {
  type SourceTokens,
  TokenCredentials,
  type TokenCredentialsDeps,
  type TokenHolder,
} from './tokenCredentials';
export * from './types';
export { ConfiguredUrls, type ConfiguredUrlsDeps } from './url/configuredUrls';
export { type CopiedFiles, CopyFileSystem } from './url/urlCopy';
export { type LoadWildcards, openWildcards } from './url/wildcards/openWildcards';
