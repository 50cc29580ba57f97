export { type BuiltSection, readBuiltIndex } from './builtIndex';
export { type BuiltPage, readBuiltPage } from './builtPage';
export type { BuiltHeading } from './builtPage';
export { HtmlTooDeepError } from './htmlWalk';
export type { BuiltNavItem } from './builtPage';
export { fileOfPage, pagePath, resolveInSite, type SitePlace, type SiteTarget } from './builtIndex';
