export * from './archives';
export * from './remoteAddress';
