export * from './corePlugin';
export * from './pluginHost';
export type { PluginInfo, PluginStatus } from './pluginRecord';
export * from './portalApi';
