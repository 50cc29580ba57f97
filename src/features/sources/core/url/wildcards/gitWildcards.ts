import { WildcardMirrors, type WildcardMirrorsDeps } from './wildcardMirrors';
import { GitWildcardRound } from './wildcardRound';
import type { Wildcards } from './wildcards';

/** With a mirror for each repository and branch. */
export class GitWildcards implements Wildcards {
  readonly #mirrors: WildcardMirrors;

  constructor(deps: WildcardMirrorsDeps) {
    this.#mirrors = new WildcardMirrors(deps);
  }

  round: Wildcards['round'] = asking => new GitWildcardRound({ mirrors: this.#mirrors, ...asking });

  hold: Wildcards['hold'] = (owner, repositories) => this.#mirrors.hold(owner, repositories);

  keep: Wildcards['keep'] = (owner, repositories) => this.#mirrors.keep(owner, repositories);

  release: Wildcards['release'] = owner => this.#mirrors.release(owner);
}
