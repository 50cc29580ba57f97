export * from './apiCards';
export * from './apiContents';
export * from './apiDefinitions';
export * from './problemsOfDefinitions';
