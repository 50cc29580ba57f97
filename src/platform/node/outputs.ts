export { environmentProxy } from './http/environmentProxy';
export { GuardedHttpClient, type GuardedHttpClientOptions } from './http/guardedHttpClient';
export { listenOnLoopback } from './http/loopbackCallbacks';
export { NodeHttpClient } from './http/nodeHttpClient';
export { NodeOutputFolder } from './files/nodeOutputFolder';
export { isWithheld } from './http/withheldAddresses';
