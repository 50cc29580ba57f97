export type * from './forge';
export {
  apiUrlOf,
  type ForgeAddress,
  forgeAddress,
  type ForgeType,
  isForgeType,
} from './forgeAddress';
export { ForgeError, reasonIn } from './forgeError';
export {
  EnvironmentTokens,
  forgeTokenVariables,
  type ForgeHost,
  type ForgeTokens,
  HostForges,
  openForge,
} from './hostForges';
export { defaultRepoHosts, parseRepoUrl, type RepoHosts, type RepoSpec } from './repoUrl';
