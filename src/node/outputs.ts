export { GuardedHttpClient, isWithheld } from './guardedHttpClient';
export { MkdocsError, runMkdocs, type RunMkdocsOptions } from './mkdocs';
export { NodeHttpClient } from './nodeHttpClient';
export { NodeOutputFolder } from './nodeOutputFolder';
