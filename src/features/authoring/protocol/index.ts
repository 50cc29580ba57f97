export * from './lsp';
export * from './refactoring';
