export { BackstageClient } from './catalog/backstageClient';
export { openBackstageSource } from './catalog/loadBackstageSource';
export { refPath } from './catalog/refPath';
export type { StoredSession } from './signIn/storedSession';
export { loadSignIn } from './signIn/loadSignIn';
export { SignedInSessions, type SignedInSessionsDeps } from './signIn/signedInSessions';
export type { WantedCallback } from './signIn/signIn';
