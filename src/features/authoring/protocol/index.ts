export * from './lsp';
export * from './lsp';
