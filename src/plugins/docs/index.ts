export type * from './docsNodes';
export { type DocsPage, pageOfEntity, pageOfSite } from './docsPage';
export { DocsTreeModel, type DocsTreeModelDeps } from './docsTreeModel';
