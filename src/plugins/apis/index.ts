export * from './apiCards';
export * from './apiContents';
export * from './apiDefinitions';
export * from './problemsOfDefinitions';
export { ApisCollator, type ApisCollatorDeps } from './search/apisCollator';
