export * from './targets';
export {
  type LocationTarget,
  locationTargets,
  type LocationTargets,
  pathBetween,
  repositoryPath,
} from './targets';
