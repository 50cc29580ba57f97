export type { CardLoaderDeps, CardView } from './cardLoader';
export {
  type HomeArrangement,
  type HomeCardRequest,
  type HomeCardView,
  HomePage,
  type HomePageDeps,
  type HomePageView,
} from './home/homePage';
export {
  type EntityCardRequest,
  type BroughtEntity,
  type EntityCardView,
  type EntityPageRequest,
  EntityPages,
  type EntityPagesDeps,
  type EntityPageView,
  type SourceMark,
  type TabView,
} from './entityPages';
export { ShownCards } from './shownCards';
