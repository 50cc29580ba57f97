export * from './localReferences';
export { type LocationTarget, type LocationTargets, locationTargets } from './locationTargets';
export { pathBetween } from './pathBetween';
export { repositoryPath } from './repositoryPath';
