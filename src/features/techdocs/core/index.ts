export type { BuiltSite } from './sites/buildSite';
export type { MarkdownPage, PageIndex, PageRange } from './markdown/types';
export type { SiteFile } from './sites/files/siteFile';
export type { TocEntry } from './markdown/tree/tableOfContents';
export {
  type BuildMessage,
  buildDocs,
  type BuiltDocs,
  type DocsBuildDeps,
  type DocsBuildOptions,
} from './build/buildDocs';
export { refuseTarget, type TargetRefusal } from './build/buildTarget';
export { type FolderSiteDeps, readFolderSite } from './build/siteOfFolder';
export {
  filesOfBuild,
  ForeignFolderError,
  type WriteDocsOptions,
  type WrittenDocs,
  writeDocs,
} from './build/writeDocs';
export { DocsRenderer, type DocsRendererDeps, type RenderedPage } from './docsRenderer';
export { DiagramDrawer, type DiagramDrawerDeps, type Drawing } from './diagrams/diagramDrawer';
export type { DiagramProgram, DiagramRequest } from './diagrams/diagramPrograms';
export { MarkdownEngine } from './markdown/markdownEngine';
export { indexPageJob, renderPageJob, sectionsJob } from './renderPageJob';
export { extendMarkdownIt } from './preview/extendMarkdownIt';
export { siteOfPage, type SiteOfPage } from './sites/siteOfPage';
export { SiteReader } from './sites/siteReader';
export { type DocsFix, docsFixes, type DocsFixesDeps } from './authoring/docsFixes';
export {
  headingAt,
  type HeadingRefusal,
  type HeadingRenameDeps,
  type RenamedHeading,
  renameHeading,
} from './authoring/headingRename';
export { distinctEdits, type DocsEdit, type Move, movedPages } from './authoring/movedPages';
export { completeNav } from './completion/completeNav';
export {
  completePage,
  type CompletePageDeps,
  type CompletePageRequest,
  type LinkedEntity,
} from './completion/completePage';
export type { DocsChoice, DocsChoices } from './completion/docsChoices';
export { judgeLink } from './check/linkVerdicts';
export { DocsChecker, type DocsCheckerDeps } from './check/docsChecker';
export { LiveDocsProblems, type LiveDocsProblemsDeps } from './check/liveDocsProblems';
export { docsProblemTitles } from './docsProblemTitles';
export { docsSeverities } from './docsSeverities';
export { decodeEntities, stripTags } from './markdown/text/entities';
export { TechDocsSites, type TechDocsSitesDeps } from './sites/workspace/techDocsSites';
export { appTarget, docsFolderOf, DocsLinks, type DocsLinkTarget } from './links/docsLinks';
export { loadHighlighter } from './markdown/render/highlighter';
export { readHeading } from './sites/pages/headingText';
export { techdocsCoreExtensions, techdocsExtensions } from './markdown/config';
