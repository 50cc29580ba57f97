export type { CardLoaderDeps, CardView } from './cardLoader';
export * from './entityPages';
export * from './home/homePage';
export * from './shownCards';
