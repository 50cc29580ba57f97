export { CatalogFeed, type CatalogFeedDeps } from './catalogFeed';
export { ProblemFeed } from './problemFeed';
