export { connectionLogger } from './connectionLogger';
export { LanguageServer, type LanguageServerDeps } from './languageServer';
