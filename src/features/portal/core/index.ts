export type { CardLoaderDeps, CardView } from './cardLoader';
export {
  type BroughtEntity,
  type EntityCardRequest,
  type EntityCardView,
  type EntityPageRequest,
  EntityPages,
  type EntityPagesDeps,
  type EntityPageView,
  type SourceMark,
  type TabView,
} from './entityPages';
export {
  type HomeArrangement,
  type HomeCardRequest,
  type HomeCardView,
  HomePage,
  type HomePageDeps,
  type HomePageView,
} from './home/homePage';
export { ShownCards } from './shownCards';
