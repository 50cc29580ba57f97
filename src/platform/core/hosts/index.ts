export * from './allowedHosts';
export { queryEach, type QueryEachOptions, type QueryTarget } from './queryEach';
export * from './authorizations';
