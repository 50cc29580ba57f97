export { environmentProxy } from './environmentProxy';
export { GuardedHttpClient, type GuardedHttpClientOptions } from './guardedHttpClient';
export { listenOnLoopback } from './loopbackCallbacks';
export { MkdocsError, runMkdocs, type RunMkdocsOptions } from './mkdocs';
export { NodeHttpClient } from './nodeHttpClient';
export { NodeOutputFolder } from './nodeOutputFolder';
export { isWithheld } from './withheldAddresses';
