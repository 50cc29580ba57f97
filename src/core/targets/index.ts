export { fetchedPlace } from './fetchedPlace';
export * from './localReferences';
export { type LocationTarget, type LocationTargets, locationTargets } from './locationTargets';
export { skeletonFolders } from './skeletonFolders';
