export { fetchedPlace } from './fetchedPlace';
export * from './localReferences';
export { type LocationTarget, type LocationTargets, locationTargets } from './locationTargets';
export { repositoryPath } from './repositoryPath';
export { skeletonFolders } from './skeletonFolders';
