export * from './apiCards';
export * from './apiContents';
export * from './definitions/apiDefinitions';
export {
  type OpenDefinitionsDeps,
  openDefinitionProblems,
} from './definitions/openDefinitionProblems';
export * from './definitions/problemsOfDefinitions';
export { ApisCollator, type ApisCollatorDeps } from './search/apisCollator';
