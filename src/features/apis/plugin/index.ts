export * from './apiCards';
export * from './apiContents';
export * from './definitions/apiDefinitions';
export {
  openDefinitionProblems,
  type OpenDefinitionsDeps,
} from './definitions/liveDefinitionProblems';
export * from './definitions/problemsOfDefinitions';
export { ApisCollator, type ApisCollatorDeps } from './search/apisCollator';
