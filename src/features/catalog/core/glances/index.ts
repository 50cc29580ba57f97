export { collectParts, noParts, TOLD_OF_A_LIST } from './contentParts';
export {
  type EntityFacts,
  type EntityGlance,
  glanceAt,
  type GlanceDeps,
  isWeighty,
  namesAndFields,
} from './entityGlance';
export { type Glances, glancesAt, glancesInSlices, glancesOf } from './glances';
