export * from './customKinds';
export * from './entity';
export * from './entityRef';
export type * from './entitySummary';
export { isValidObjectName, isValidTag, isValidUrl } from './fieldFormat';
export * from './location';
export * from './problem';
export * from './relationPairs';
export * from './relations';
