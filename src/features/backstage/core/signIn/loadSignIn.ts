import type * as SignInModule from './signIn';

/** Loads sign-in with its OAuth library on demand, because few windows need it. */
export const loadSignIn = (): Promise<typeof SignInModule> => import('./signIn');
