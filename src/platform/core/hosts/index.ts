export * from './allowedHosts';
export { askEach, type AskEachOptions, type AskedElsewhere } from './askEach';
export * from './authorizations';
