import type { WildcardMirrorsDeps } from './wildcardMirrors';
import type { Wildcards } from './wildcards';

/** Few sources have any wildcards: what asks git for them is loaded where there are some. */
export async function openWildcards(deps: WildcardMirrorsDeps): Promise<Wildcards> {
  const { GitWildcards } = await import('./wildcardRound');
  return new GitWildcards(deps);
}
