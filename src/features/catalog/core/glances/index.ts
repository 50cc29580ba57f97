export { type Glances, glancesInSlices } from './glances';
export { collectParts, noParts } from './contentParts';
export { type EntityGlance, glanceAt, type GlanceDeps } from './entityGlance';
export { isWeighty, namesAndFields, type EntityFacts } from './entityGlance';
export { glancesAt, glancesOf } from './glances';
export { TOLD_OF_A_LIST } from './contentParts';
