export type { BuiltSite } from './sites/buildSite';
export type { SiteFile } from './sites/files/siteFile';
export { type PageSource, readFrontMatter } from './sites/pages/frontMatter';
export { type ReadHeading, readHeading } from './sites/pages/headingText';
export { SiteReader, type SiteReaderDeps } from './sites/siteReader';
export { TechDocsSites, type TechDocsSitesDeps } from './sites/workspace/techDocsSites';
