export * from './apiCards';
export * from './apiContents';
export * from './apiDefinitions';
export { type OpenDefinitionsDeps, openDefinitionProblems } from './openDefinitionProblems';
export * from './problemsOfDefinitions';
export { ApisCollator, type ApisCollatorDeps } from './search/apisCollator';
