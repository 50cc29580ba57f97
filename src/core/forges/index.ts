export { EnvironmentTokens } from './environmentTokens';
export { type ForgeAddress, forgeAddress, type ForgeType, isForgeType } from './forgeAddress';
export type { ForgeDeps } from './forgeDeps';
export { ForgeError } from './forgeError';
export type { ForgeLookups } from './forgeLookups';
export { type ForgeHost, type ForgeTokens, HostForges, type HostForgesDeps } from './hostForges';
export { openForge } from './openForge';
