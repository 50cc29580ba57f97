export { type ReadHeading, readHeading } from './sites/pages/headingText';
export { type PageSource, readFrontMatter } from './sites/pages/frontMatter';
export type { BuiltSite } from './sites/buildSite';
export type { SiteFile } from './sites/files/siteFile';
export { SiteReader, type SiteReaderDeps } from './sites/siteReader';
