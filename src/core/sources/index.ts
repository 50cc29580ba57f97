export { BackstageClient } from './backstage/backstageClient';
export { refPath } from './backstage/refPath';
export { EnvironmentSourceTokens } from './environmentSourceTokens';
export { DefaultSourceHttp, type DefaultSourceHttpDeps } from './http/defaultSourceHttp';
export { RequestSlots } from './http/requestSlots';
export { ConfiguredUrls, type ConfiguredUrlsDeps } from './url/configuredUrls';
export { openWildcards } from './url/wildcards/openWildcards';
export type { LoadWildcards } from './url/wildcards/wildcards';
export { unknownKinds } from './kindNames';
export { openBackstageSource } from './backstage/loadBackstageSource';
export { openRemoteSource } from './openRemoteSource';
export { SourceRegistry, type SourceRegistryDeps } from './registry/sourceRegistry';
export { StandingSource } from './registry/standingSource';
export { parseSourceAddress } from './sourceAddresses';
export { readSources, type SourceConfigs } from './sourceConfigs';
export {
  hostsOfSources,
  isNamedForGit,
  readHosts,
  typesOfSources,
  withApiHosts,
} from './sourceHosts';
export type { KeptSession } from './signIn/keptSession';
export { loadSignIn } from './signIn/loadSignIn';
export type { WantedCallback } from './signIn/signIn';
export { SignedInSessions, type SignedInSessionsDeps } from './signIn/signedInSessions';
export { CONFIGURED_URLS_KEY, sourceKeyOf, SourcesFileSystem } from '../sourceFiles';
export {
  type SourceTokens,
  TokenCredentials,
  type TokenCredentialsDeps,
  type TokenHolder,
} from './tokenCredentials';
export * from './types';
