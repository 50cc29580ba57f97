import type * as GitMirrors from './mirrors/gitMirrors';
import type * as GitPublishing from './publishing/gitPublisher';
import type * as GitSources from './reading/gitRepository';

// Each is loaded by those who need it: the editor loads the door of this folder when it starts.

/** Loads the reader of commits. */
export const loadGitSources = (): Promise<typeof GitSources> => import('./reading/gitRepository');

/** Loads the publisher, which makes commits. */
export const loadGitPublishing = (): Promise<typeof GitPublishing> =>
  import('./publishing/gitPublisher');

/** Loads the mirrors of repositories on other machines. */
export const loadGitMirrors = (): Promise<typeof GitMirrors> => import('./mirrors/gitMirrors');
