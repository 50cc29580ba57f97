export * from './localReferences';
export { type LocationTarget, type LocationTargets, locationTargets } from './locationTargets';
