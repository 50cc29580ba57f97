export * from './problemFilter';
export * from './problemPresentation';
export * from './problemTreeModel';
export * from './unknownKinds';
