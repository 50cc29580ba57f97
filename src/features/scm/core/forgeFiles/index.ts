export * from './archives';
export * from './fileErrors';
export * from './remoteAddress';
export type * from './remoteForge';
export * from './safePath';
