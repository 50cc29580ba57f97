import { errorMessage } from '../../../../../base';
import { isTooComplex } from '../../../../../platform/core/globs';
import { type GitMirror, GitMirrorFailure } from '../../../../../platform/core/ports';
import { type RemoteRepository, TaskLimitError } from '../../../../scm/core/forgeFiles';
import type { UrlFile } from '../../../../scm/core/urlReaders';
import { sourceErrorOf } from '../../git/gitErrors';
import type { SourceError, Traffic } from '../../types';
import { isSameFiles } from '../patternFiles';
import type { PatternQuestion } from '../urlRequests';
import { bringMatching, repositoryFiles } from './repositoryFiles';
import { WildcardMirrors, hostOf } from './wildcardMirrors';
import type { WildcardRound, Wildcards } from './wildcards';

export interface WildcardRoundDeps {
  readonly mirrors: WildcardMirrors;
  /** For whom mirrors are kept. */
  readonly owner: string;
  readonly traffic: Traffic;
  readonly signal: AbortSignal;
}

/** Milliseconds after which nobody waits once more for the same host. */
const PATIENCE = 10_000;

/** What is asked for of a repository. */
interface Asked {
  readonly repository: RemoteRepository;
  readonly question: PatternQuestion;
  readonly known: readonly UrlFile[] | undefined;
}

/** With mirrors. */
class GitWildcardRound implements WildcardRound {
  readonly #deps: WildcardRoundDeps;
  /** By the keys of repositories: the commit that each has. */
  readonly #refreshed = new Map<string, Promise<string>>();
  /** By the keys of repositories: milliseconds since the epoch at which git has begun. */
  readonly #asked = new Map<string, number>();
  /** By hosts: why they are not asked any more. */
  readonly #silent = new Map<string, SourceError>();

  constructor(deps: WildcardRoundDeps) {
    this.#deps = deps;
  }

  async find(
    question: PatternQuestion,
    known: readonly UrlFile[] | undefined,
  ): Promise<readonly UrlFile[] | undefined> {
    const { mirrors, owner, signal } = this.#deps;
    const { repository, pattern } = question;
    if (!repository || isTooComplex(pattern)) return undefined;
    const silence = this.#silent.get(hostOf(repository));
    if (silence) throw silence;
    if (!mirrors.mayKeep(owner, repository)) return undefined;
    if (await mirrors.isOutOfReach(repository, signal)) return undefined;
    try {
      return await mirrors.use(repository, owner, mirror =>
        this.#filesOf(mirror, { repository, question, known }),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TaskLimitError) throw error;
      await this.#giveUp(repository, error);
      return undefined;
    }
  }

  async #filesOf(mirror: GitMirror, asked: Asked): Promise<readonly UrlFile[] | undefined> {
    const { mirrors, signal } = this.#deps;
    const { repository, known } = asked;
    const commit = await this.#refreshOnce(mirror, asked);
    if (known && mirrors.commitOf(known, repository) === commit) return known;
    const files = await this.#look(mirror, asked).catch(async (error: unknown) => {
      if (!(error instanceof GitMirrorFailure) || error.isFinal) throw error;
      // The copy may be broken: then a fetch makes another one.
      signal.throwIfAborted();
      await this.#refresh(mirror, { ...asked, known: undefined });
      return this.#look(mirror, asked);
    });
    // For other wildcards in the same repository, git may have something to say.
    if (!files) return undefined;
    const taken = known && isSameFiles(known, files) ? known : files;
    mirrors.noteCommit(taken, repository, mirror.state?.commit ?? commit);
    return taken;
  }

  #refreshOnce(mirror: GitMirror, asked: Asked): Promise<string> {
    const key = this.#deps.mirrors.keyOf(asked.repository);
    let refreshed = this.#refreshed.get(key);
    if (!refreshed) {
      refreshed = this.#refresh(mirror, asked);
      this.#refreshed.set(key, refreshed);
    }
    return refreshed;
  }

  /** @returns the commit that the remote has */
  async #refresh(mirror: GitMirror, { repository, question, known }: Asked): Promise<string> {
    const { mirrors, signal } = this.#deps;
    const knownCommit = mirrors.commitOf(known, repository);
    const outcome = await mirrors.inTurn(repository, signal, () => {
      this.#asked.set(mirrors.keyOf(repository), mirrors.clock.now());
      return mirror.fetch({
        signal,
        knownCommit,
        complete: tree => bringMatching(tree, question, { clock: mirrors.clock, signal }),
      });
    });
    this.#count(outcome);
    const commit = mirror.state?.commit ?? knownCommit;
    if (commit === undefined) throw new GitMirrorFailure('failed', 'No commit came');
    return commit;
  }

  async #look(
    mirror: GitMirror,
    { repository, question }: Asked,
  ): Promise<readonly UrlFile[] | undefined> {
    const { mirrors, signal } = this.#deps;
    const { value, ...outcome } = await mirrors.inTurn(repository, signal, () =>
      mirror.look(tree => repositoryFiles(tree, question, { clock: mirrors.clock, signal }), {
        signal,
      }),
    );
    this.#count(outcome);
    const { branch } = repository;
    // The name that a copy is kept by may be that of another one's.
    if (branch !== undefined && mirror.state?.branch !== branch) {
      throw new GitMirrorFailure('failed', `The copy is of ${mirror.state?.branch}`);
    }
    return value;
  }

  #count({ requests, bytes }: { readonly requests: number; readonly bytes: number }): void {
    this.#deps.traffic.requests += requests;
    this.#deps.traffic.bytes += bytes;
  }

  /** @throws SourceError where the archive is not to be waited for either */
  async #giveUp(repository: RemoteRepository, error: unknown): Promise<void> {
    const { mirrors, signal } = this.#deps;
    const now = mirrors.clock.now();
    const waited = now - (this.#asked.get(mirrors.keyOf(repository)) ?? now);
    const host = hostOf(repository);
    const reason = sourceErrorOf(error, { host, branch: repository.branch });
    const why = error instanceof GitMirrorFailure ? error.reason : undefined;
    const isNobodyThere = why === 'unknown-host' || why === 'no-connection';
    // What breaks off is of the repository: its host has answered.
    const isSilent = why === 'timeout' || (isNobodyThere && waited >= PATIENCE);
    mirrors.logger.info(
      `${repository.url} is not to be had by git, and ${isSilent ? 'is asked again later' : 'its archive is asked'}: ${errorMessage(reason)}`,
    );
    await mirrors.giveUp(repository, { failure: reason.failure, isOfHost: isSilent, signal });
    if (!isSilent) return;
    this.#silent.set(host, reason);
    throw reason;
  }
}

/** With a mirror for each repository and branch. */
export class GitWildcards extends WildcardMirrors implements Wildcards {
  round: Wildcards['round'] = asking => new GitWildcardRound({ mirrors: this, ...asking });
}
