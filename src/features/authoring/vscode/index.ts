export * from './languageServer';
export * from './vsCodeEditsService';
