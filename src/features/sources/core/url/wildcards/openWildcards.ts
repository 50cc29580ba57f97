import type { GitWildcards, GitWildcardsDeps } from './gitWildcards';

/** Loads git support for URLs with wildcards; undefined without git. */
export type LoadWildcards = () => Promise<GitWildcards | undefined>;

/** Loaded on demand, because few sources have wildcards. */
export async function openWildcards(deps: GitWildcardsDeps): Promise<GitWildcards> {
  return new (await import('./gitWildcards')).GitWildcards(deps);
}
