export type { BuiltSite } from './sites/buildSite';
export type { SiteFile } from './sites/files/siteFile';
export { type PageSource, readFrontMatter } from './sites/pages/frontMatter';
export { type ReadHeading, readHeading } from './sites/pages/headingText';
export { SiteReader, type SiteReaderDeps } from './sites/siteReader';
export { TechDocsSites, type TechDocsSitesDeps } from './sites/workspace/techDocsSites';
export { MarkdownEngine, type MarkdownOptions } from './markdown/markdownEngine';
export {
  type ExtensionConfig,
  techdocsCoreExtensions,
  techdocsExtensions,
} from './markdown/config';
export type { HighlightCode } from './markdown/render/codeBlock';
export { loadHighlighter } from './markdown/render/highlighter';
export type { ReadInclude } from './markdown/preprocess/snippets';
export type { TocEntry } from './markdown/tree/tableOfContents';
export type * from './markdown/types';
