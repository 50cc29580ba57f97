export {
  type DocsNode,
  type DocsSiteNode,
  type DocsSectionNode,
  type DocsPageNode,
  type DocsLinkNode,
  type DocsPresentation,
} from './docsTreeModel';
export { type DocsPage, pageAround, pageOfEntity, pageOfFile, pageOfSite } from './docsPage';
export { DocsTreeModel, type DocsTreeModelDeps } from './docsTreeModel';
export { DocsCollator, type DocsCollatorDeps } from './search/docsCollator';
