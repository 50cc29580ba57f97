export * from './contributedProblems';
export * from './corePlugin';
export * from './entityViews';
export * from './pluginFailures';
export * from './pluginHost';
export * from './portalApi';
export * from './pluginPaths';
