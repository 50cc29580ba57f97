export * from './builtIndex';
export { type BuiltNavItem, type BuiltPage, readBuiltPage } from './builtPage';
export { HtmlTooDeepError } from './htmlWalk';
