import type * as Git from './git/gitSource';

export { EnvironmentSourceTokens } from './environmentSourceTokens';
export { DefaultSourceHttp, type DefaultSourceHttpDeps } from './http/defaultSourceHttp';
export { SourceRegistry, type SourceRegistryDeps } from './registry/sourceRegistry';
export { parseSourceAddress } from './sourceAddresses';
export { readSources, type SourceConfigs } from './sourceConfigs';
export { hostsOfSources, readHosts, typesOfSources } from './sourceHosts';
export { sourceKeyOf, SourcesFileSystem } from './sourcesFileSystem';
export {
  type SourceTokens,
  TokenCredentials,
  type TokenCredentialsDeps,
  type TokenHolder,
} from './tokenCredentials';
export * from './types';

/** What opens git repositories as sources; loaded where there are some. */
export const loadGitSources = (): Promise<typeof Git> => import('./git/gitSource');
export { openUrlSource } from './url/urlSource';
