export * from './docsPage';
export * from './docsTreeModel';
export { DocsCollator } from './search/docsCollator';
