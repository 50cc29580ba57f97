export * from './instanceTexts';
export type { RenamedEntity } from './moved/renamedEntity';
export * from './moved/renameWatch';
export * from './overlayCard';
export { searchInstances } from './search/backstageSearch';
export * from './servedEntities';
