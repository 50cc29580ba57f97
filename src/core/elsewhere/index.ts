export { askEach, type AskEachOptions, type AskedElsewhere } from './askEach';
export { findAside, type FindAsideOptions } from './findAside';
