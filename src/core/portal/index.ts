export type { CardView } from './cardLoader';
export { collectParts, noParts } from './contentParts';
export type { EntityGlance } from './entityGlance';
export {
  type EntityCardRequest,
  type EntityCardView,
  type EntityPageRequest,
  EntityPages,
  type EntityPagesDeps,
  type EntityPageView,
  type Glances,
  type TabView,
} from './entityPages';
