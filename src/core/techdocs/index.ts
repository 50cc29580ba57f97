export type * from './markdown/types';
export type { BuiltSite } from './sites/buildSite';
export type { HighlightCode } from './markdown/render/codeBlock';
export type { MarkdownPage } from './markdown/types';
export type { ReadInclude } from './markdown/preprocess/snippets';
export type { SiteFile } from './sites/files/siteFile';
export type { TocEntry } from './markdown/tree/tableOfContents';
export { DocsRenderer } from './docsRenderer';
export { MarkdownEngine, type MarkdownOptions } from './markdown/markdownEngine';
export { SiteReader, type SiteReaderDeps } from './sites/siteReader';
export { TechDocsSites, type TechDocsSitesDeps } from './sites/workspace/techDocsSites';
export { docsFolderOf, DocsLinks, type DocsLinkTarget } from './links/docsLinks';
export { loadHighlighter } from './markdown/render/highlighter';
export { type PageSource, readFrontMatter } from './sites/pages/frontMatter';
export { type ReadHeading, readHeading } from './sites/pages/headingText';
export {
  type ExtensionConfig,
  techdocsCoreExtensions,
  techdocsExtensions,
} from './markdown/config';
