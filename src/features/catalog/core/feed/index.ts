export { CatalogFeed, type CatalogFeedDeps, ProblemFeed } from './catalogFeed';
