export * from './fileErrors';
export * from './safePath';
export * from './archives';
export * from './remoteAddress';
export type * from './remoteForge';
