export * from './catalog';
export * from './catalogViews';
export * from './coreServices';
export * from './extensionPoints';
export * from './plugin';
export * from './portalApi';
export * from './services';
