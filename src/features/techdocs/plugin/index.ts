export type * from './docsNodes';
export { type DocsPage, pageAround, pageOfEntity, pageOfFile, pageOfSite } from './docsPage';
export { DocsTreeModel, type DocsTreeModelDeps } from './docsTreeModel';
export { DocsCollator, type DocsCollatorDeps } from './search/docsCollator';
