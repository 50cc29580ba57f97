export * from './identity';
export * from './identity';
export * from './identity';
