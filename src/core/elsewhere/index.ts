export { askEach, type AskEachOptions, type AskedElsewhere } from './askEach';
