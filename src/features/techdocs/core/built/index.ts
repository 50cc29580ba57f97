export { readBuiltIndex, type BuiltSection } from './builtIndex';
export { readBuiltPage, type BuiltPage } from './builtPage';
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
