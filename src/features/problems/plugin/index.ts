export * from './knownCatalog';
export * from './problemFilter';
export * from './problemNodes';
export * from './problemPresentation';
export * from './problemTreeModel';
export * from './unknownKinds';
