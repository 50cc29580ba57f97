import type * as GitPublishing from './gitPublishing';
import type * as GitMirrors from './gitMirrors';
import type * as GitSources from './gitSources';
import type * as Threads from './nodeThread';
import type * as Outputs from './outputs';

/**
 * What writes, starts what writes, and asks other machines: loaded by the few who do, since the editor loads this
 * door at once.
 */
export const loadOutputs = (): Promise<typeof Outputs> => import('./outputs');

/** What reads commits of repositories: loaded by those who do, for the same reason. */
export const loadGitSources = (): Promise<typeof GitSources> => import('./gitSources');

/** What makes commits: loaded by those who do. */
export const loadGitPublishing = (): Promise<typeof GitPublishing> => import('./gitPublishing');

/** What starts threads to talk to: loaded by those who do. */
export const loadThreads = (): Promise<typeof Threads> => import('./nodeThread');

/** What mirrors repositories on other machines: loaded by those who do. */
export const loadGitMirrors = (): Promise<typeof GitMirrors> => import('./gitMirrors');
