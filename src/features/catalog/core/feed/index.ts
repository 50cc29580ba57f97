export { CatalogFeed, type CatalogFeedDeps } from './catalogFeed';
