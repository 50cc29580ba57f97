import type * as GitMirrors from './gitMirrors';
import type * as GitPublishing from './gitPublishing';
import type * as GitSources from './gitSources';

// Each is loaded by those who need it: the editor loads the door of this folder when it starts.

/** What reads commits of repositories. */
export const loadGitSources = (): Promise<typeof GitSources> => import('./gitSources');

/** What makes commits. */
export const loadGitPublishing = (): Promise<typeof GitPublishing> => import('./gitPublishing');

/** What mirrors repositories on other machines. */
export const loadGitMirrors = (): Promise<typeof GitMirrors> => import('./gitMirrors');
