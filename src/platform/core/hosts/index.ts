export * from './allowedHosts';
export * from './apiHosts';
export { askEach, type AskEachOptions, type AskedElsewhere } from './askEach';
export * from './authorizations';
export * from './forgeHosts';
export * from './loopback';
