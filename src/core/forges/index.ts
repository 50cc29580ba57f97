export { type ForgeAddress, forgeAddress, type ForgeType, isForgeType } from './forgeAddress';
export type { ForgeDeps } from './forgeDeps';
export { ForgeError } from './forgeError';
export type { ForgeLookups } from './forgeLookups';
export { openForge } from './openForge';
