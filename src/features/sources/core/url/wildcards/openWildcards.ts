import type { GitWildcards, GitWildcardsDeps } from './gitWildcards';

/** Loads what asks git for repositories where there is an address with wildcards; undefined where there is no git. */
export type LoadWildcards = () => Promise<GitWildcards | undefined>;

/** Few sources have any wildcards: what asks git for them is loaded where there are some. */
export async function openWildcards(deps: GitWildcardsDeps): Promise<GitWildcards> {
  return new (await import('./gitWildcards')).GitWildcards(deps);
}
