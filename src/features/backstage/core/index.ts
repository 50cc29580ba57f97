export { BackstageClient } from './catalog/backstageClient';
export { refPath } from './catalog/refPath';
export { openBackstageSource } from './catalog/loadBackstageSource';
export type { KeptSession } from './signIn/keptSession';
export { loadSignIn } from './signIn/loadSignIn';
export type { WantedCallback } from './signIn/signIn';
export { SignedInSessions, type SignedInSessionsDeps } from './signIn/signedInSessions';
