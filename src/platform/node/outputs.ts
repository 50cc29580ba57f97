export { environmentProxy } from './environmentProxy';
export { GuardedHttpClient, type GuardedHttpClientOptions } from './guardedHttpClient';
export { listenOnLoopback } from './loopbackCallbacks';
export { NodeHttpClient } from './nodeHttpClient';
export { NodeOutputFolder } from './nodeOutputFolder';
export { isWithheld } from './withheldAddresses';
