import type * as GitMirrors from './mirrors/gitMirrors';
import type * as GitPublishing from './publishing/gitPublisher';
import type * as GitSources from './reading/gitRepository';

// Loaded separately, because the editor imports this folder's index at startup.

/** Loads the reader of commits. */
export const loadGitSources = (): Promise<typeof GitSources> => import('./reading/gitRepository');

/** Loads the publisher, which creates commits. */
export const loadGitPublishing = (): Promise<typeof GitPublishing> =>
  import('./publishing/gitPublisher');

/** Loads mirrors of remote repositories. */
export const loadGitMirrors = (): Promise<typeof GitMirrors> => import('./mirrors/gitMirrors');
