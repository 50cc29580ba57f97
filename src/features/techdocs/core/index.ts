export { type DocsFix, docsFixes, type DocsFixesDeps } from './authoring/docsFixes';
export {
  headingAt,
  type HeadingRefusal,
  type HeadingRenameDeps,
  type RenamedHeading,
  renameHeading,
} from './authoring/headingRename';
export { distinctEdits, type DocsEdit, type Move, movedPages } from './authoring/movedPages';
export {
  buildDocs,
  type BuildMessage,
  type BuiltDocs,
  type DocsBuildDeps,
  type DocsBuildOptions,
} from './build/buildDocs';
export { refuseTarget, type TargetRefusal } from './build/writeDocs';
export { type FolderSiteDeps, readFolderSite } from './build/siteOfFolder';
export {
  filesOfBuild,
  ForeignFolderError,
  writeDocs,
  type WriteDocsOptions,
  type WrittenDocs,
} from './build/writeDocs';
export { DocsChecker, type DocsCheckerDeps } from './check/docsChecker';
export { judgeLink } from './check/linkVerdicts';
export { LiveDocsProblems, type LiveDocsProblemsDeps } from './check/liveDocsProblems';
export { completeNav } from './completion/completeNav';
export {
  completePage,
  type CompletePageDeps,
  type CompletePageRequest,
  type LinkedEntity,
} from './completion/completePage';
export type { DocsChoice, DocsChoices } from './completion/completeNav';
export { DiagramDrawer, type DiagramDrawerDeps, type Drawing } from './diagrams/diagramDrawer';
export type { DiagramProgram, DiagramRequest } from './diagrams/diagramDrawer';
export { DocsRenderer, type DocsRendererDeps, type RenderedPage } from './docsRenderer';
export { docsSeverities } from './docsSeverities';
export { appTarget, docsFolderOf, DocsLinks, type DocsLinkTarget } from './links/docsLinks';
export { techdocsCoreExtensions, techdocsExtensions } from './markdown/config';
export { MarkdownEngine } from './markdown/markdownEngine';
export { loadHighlighter } from './markdown/render/highlighter';
export { decodeEntities, stripTags } from './markdown/text/entities';
export type { TocEntry } from './markdown/tree/tableOfContents';
export type { MarkdownPage, PageIndex } from './markdown/types';
export { extendMarkdownIt } from './preview/extendMarkdownIt';
export { pageJobs } from './renderPageJob';
export type { BuiltSite } from './sites/buildSite';
export type { SiteFile } from './sites/files/siteFile';
export { readHeading } from './sites/pages/headingText';
export { siteOfPage, type SiteOfPage } from './sites/siteOfPage';
export { SiteReader } from './sites/siteReader';
export { TechDocsSites, type TechDocsSitesDeps } from './sites/workspace/techDocsSites';
