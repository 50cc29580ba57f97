import type * as SignInModule from './signIn';

/** Loads what signs in, with the library for OAuth: hardly a window does. */
export const loadSignIn = (): Promise<typeof SignInModule> => import('./signIn');
