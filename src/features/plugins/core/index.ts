export * from './contributedProblems';
export * from './corePlugin';
export * from './pluginFailures';
export * from './pluginHost';
export * from './portalApi';
