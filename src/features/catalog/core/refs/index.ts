export * from './resolveRef';
