export { EnvironmentTokens } from './environmentTokens';
export type * from './forge';
export { type ForgeAddress, forgeAddress, type ForgeType, isForgeType } from './forgeAddress';
export type { ForgeDeps } from './forgeDeps';
export { ForgeError, reasonIn } from './forgeError';
export type { ForgeLookups } from './forgeLookups';
export { type ForgeHost, type ForgeTokens, HostForges, type HostForgesDeps } from './hostForges';
export { openForge } from './openForge';
export { defaultRepoHosts, parseRepoUrl, type RepoHosts, type RepoSpec } from './repoUrl';
