export * from './languageServer';
export * from './lazyEdits';
