export * from './contributedProblems';
export * from './corePlugin';
export * from './entityViews';
export * from './lazyProblems';
export * from './pluginFailures';
export * from './pluginHost';
export * from './portalApi';
export * from './pluginPaths';
