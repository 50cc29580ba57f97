export type * from './forge';
export { type ForgeAddress, forgeAddress, type ForgeType, isForgeType } from './forgeAddress';
export { ForgeError, reasonIn } from './forgeError';
export {
  EnvironmentTokens,
  type ForgeHost,
  type ForgeTokens,
  HostForges,
  type HostForgesDeps,
  openForge,
} from './hostForges';
export { defaultRepoHosts, parseRepoUrl, type RepoHosts, type RepoSpec } from './repoUrl';
