export { fetchedPlace } from './fetchedPlace';
export { goldenFolders } from './goldenFolders';
export * from './localReferences';
export { type LocationTarget, type LocationTargets, locationTargets } from './locationTargets';
export { pathBelow } from './pathBelow';
export { pathBetween } from './pathBetween';
export { repositoryPath } from './repositoryPath';
export { skeletonFolders } from './skeletonFolders';
