export type * from './docsNodes';
export { type DocsPage, pageOfEntity, pageOfFile, pageOfSite } from './docsPage';
export { DocsTreeModel, type DocsTreeModelDeps } from './docsTreeModel';
