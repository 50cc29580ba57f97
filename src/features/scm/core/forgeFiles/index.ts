export * from './archives';
export { contentOf, forgeAt, ownAddresses } from './configuredForge';
export * from './fileErrors';
export { remoteForges } from './remoteAddress';
export type * from './remoteForge';
export * from './safePath';
