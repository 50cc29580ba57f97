export * from './allowedHosts';
export { queryEach, type AskEachOptions, type QueryTarget } from './queryEach';
export * from './authorizations';
