export * from './allowedHosts';
export * from './allowedHosts';
export { askEach, type AskEachOptions, type AskedElsewhere } from './askEach';
export * from './authorizations';
export * from './allowedHosts';
export * from './allowedHosts';
