export { type BuiltSection, readBuiltIndex } from './builtIndex';
export { type BuiltPage, readBuiltPage } from './builtPage';
export type { BuiltHeading } from './headingReader';
export { HtmlTooDeepError } from './htmlWalk';
export type { BuiltNavItem } from './navReader';
export {
  fileOfPage,
  pagePath,
  resolveInSite,
  type SitePlace,
  type SiteTarget,
} from './siteAddress';
