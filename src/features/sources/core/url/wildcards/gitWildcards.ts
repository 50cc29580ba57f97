import { errorMessage, hashText, isRecent, type Logger } from '../../../../../base';
import { isTooComplex } from '../../../../../platform/core/globs';
import {
  type Clock,
  type GitMirror,
  GitMirrorFailure,
  type GitMirrors,
} from '../../../../../platform/core/ports';
import { type RemoteRepository, TaskLimitError } from '../../../../scm/core/forgeFiles';
import type { UrlFile } from '../../../../scm/core/urlReaders';
import { sourceErrorOf } from '../../git/gitErrors';
import { RequestSlots } from '../../http/requestSlots';
import {
  SOURCE_SCHEME,
  type SourceCredentials,
  type SourceError,
  type SourceFailure,
  type Traffic,
} from '../../types';
import { ARCHIVE_LIMITS, isSameFiles } from '../patternFiles';
import type { PatternQuestion } from '../urlRequests';
import { fetchMatching, repositoryFiles } from './repositoryFiles';

export interface GitWildcardsDeps {
  /** Returns undefined without git. */
  readonly mirrors: () => Promise<GitMirrors | undefined>;
  /** Whether git may connect to a URL. */
  readonly mayAsk: (url: string) => boolean;
  readonly credentials: SourceCredentials;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Prefix of mirror names; differs between configurations of access. */
  readonly prefix: string;
}

/** A mirror that is open while it is used, because the names of all its files are kept in memory. */
interface OpenMirror {
  readonly mirror: GitMirror;
  users: number;
}

interface GivenUp {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** In milliseconds. */
  readonly duration: number;
  /** Retried immediately with other credentials. */
  readonly authorization: string | undefined;
}

/**
 * Maximum number of mirrors of an owner: repositories and branches, and branches of one repository. Others use
 * archives.
 */
const MOST_KEPT = 1000;
const MOST_BRANCHES = 10;
/** Maximum bytes that a mirror fetches: the limit of an unpacked archive. */
const MAX_BYTES = ARCHIVE_LIMITS.size;
/** Milliseconds after which an unused mirror is deleted. */
const UNUSED = 30 * 24 * 60 * 60_000;
/** Concurrent git fetches: each starts one or two processes. */
const SLOTS = { total: 6, perHost: 4 };
/** Milliseconds before git is retried after a permanent failure. */
const LASTING = 60 * 60_000;
/** Milliseconds before git is retried after a temporary failure. */
const PASSING = 5 * 60_000;
const PASSING_FAILURES: ReadonlySet<SourceFailure> = new Set(['unreachable', 'limited', 'local']);

/**
 * Git mirrors for URLs with wildcards: one for each repository and branch, shared by all patterns, and kept as long
 * as an owner uses it.
 */
export class GitWildcards {
  readonly #deps: GitWildcardsDeps;
  readonly #open = new Map<string, OpenMirror>();
  /** Repositories by owner and key. */
  readonly #wanted = new Map<string, Map<string, RemoteRepository>>();
  /** Failures by repository and by host. */
  readonly #givenUp = new Map<string, GivenUp>();
  /** Repository and commit that files were read from. */
  readonly #readAt = new WeakMap<readonly UrlFile[], string>();
  readonly #slots = new RequestSlots(SLOTS);
  #isSwept = false;

  constructor(deps: GitWildcardsDeps) {
    this.#deps = deps;
  }

  /** Starts a fetch of an owner. */
  round(asking: Omit<RoundDeps, 'mirrors'>): WildcardRound {
    return new WildcardRound({ mirrors: this, ...asking });
  }

  get clock(): Clock {
    return this.#deps.clock;
  }

  get logger(): Logger {
    return this.#deps.logger;
  }

  keyOf({ url, branch = '' }: RemoteRepository): string {
    return `${this.#deps.prefix}-${hashText(`${url} ${branch}`)}`;
  }

  /** Whether an owner may have another repository or branch, or has it already. */
  mayKeep(owner: string, repository: RemoteRepository): boolean {
    const wanted = this.#wanted.get(owner);
    if (!wanted || wanted.has(this.keyOf(repository))) return true;
    if (wanted.size >= MOST_KEPT) return false;
    let branches = 0;
    for (const { url } of wanted.values()) if (url === repository.url) branches++;
    return branches < MOST_BRANCHES;
  }

  /** Whether git can't be used for a repository, currently or at all. */
  async isOutOfReach(repository: RemoteRepository, signal: AbortSignal): Promise<boolean> {
    if (!this.#deps.mayAsk(repository.url)) return true;
    const failures = [this.#givenUp.get(hostOf(repository)), this.#givenUp.get(idOf(repository))];
    const now = this.#deps.clock.now();
    const valid = failures.filter(
      failure => failure !== undefined && isRecent(failure.at, now, failure.duration),
    );
    if (!valid.length) return false;
    const authorization = await this.#authorization(repository, signal);
    return valid.some(failure => failure?.authorization === authorization);
  }

  /** Stops using git for a repository for a while. */
  async giveUp(
    repository: RemoteRepository,
    {
      failure,
      isOfHost,
      signal,
    }: { failure: SourceFailure; isOfHost: boolean; signal: AbortSignal },
  ): Promise<void> {
    const duration = PASSING_FAILURES.has(failure) ? PASSING : LASTING;
    this.#givenUp.set(isOfHost ? hostOf(repository) : idOf(repository), {
      at: this.#deps.clock.now(),
      duration,
      authorization: await this.#authorization(repository, signal),
    });
  }

  /**
   * Runs a task with a mirror, which is kept for the owner from then on.
   *
   * @returns undefined without git
   * @throws TypeError for a URL that isn't allowed
   */
  async use<T>(
    repository: RemoteRepository,
    owner: string,
    task: (mirror: GitMirror) => Promise<T>,
  ): Promise<T | undefined> {
    this.hold(owner, [repository]);
    return this.#use(repository, task);
  }

  /** Runs a task once a slot is free. */
  inTurn<T>(repository: RemoteRepository, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    return this.#slots.run(hostOf(repository), signal, task);
  }

  /** Returns the commit that files were read from; undefined if not known. */
  commitOf(
    files: readonly UrlFile[] | undefined,
    repository: RemoteRepository,
  ): string | undefined {
    const [id, commit] = (files && this.#readAt.get(files)?.split('\n')) ?? [];
    return id === idOf(repository) ? commit : undefined;
  }

  noteCommit(files: readonly UrlFile[], repository: RemoteRepository, commit: string): void {
    this.#readAt.set(files, `${idOf(repository)}\n${commit}`);
  }

  /** Adds repositories to those that an owner uses, up to the limit. */
  hold(owner: string, repositories: readonly RemoteRepository[]): void {
    const wanted = this.#wanted.get(owner) ?? new Map<string, RemoteRepository>();
    this.#wanted.set(owner, wanted);
    for (const repository of repositories) {
      if (this.mayKeep(owner, repository)) wanted.set(this.keyOf(repository), repository);
    }
  }

  /** Sets the repositories that an owner uses; deletes mirrors that no owner uses. */
  async keep(owner: string, repositories: readonly RemoteRepository[]): Promise<void> {
    const before = this.#wanted.get(owner);
    this.#wanted.delete(owner);
    if (repositories.length) this.hold(owner, repositories);
    for (const [key, repository] of before ?? []) {
      if ([...this.#wanted.values()].some(wanted => wanted.has(key))) continue;
      this.#givenUp.delete(idOf(repository));
      await this.#use(repository, mirror => mirror.remove()).catch((error: unknown) => {
        this.#deps.logger.warn(
          `Can't delete the cached copy of ${repository.url}: ${errorMessage(error)}`,
        );
      });
    }
  }

  /** Forgets an owner without deleting its mirrors. */
  release(owner: string): void {
    this.#wanted.delete(owner);
  }

  async #use<T>(
    repository: RemoteRepository,
    task: (mirror: GitMirror) => Promise<T>,
  ): Promise<T | undefined> {
    const mirrors = await this.#deps.mirrors();
    if (!mirrors) return undefined;
    const key = this.keyOf(repository);
    let opened = this.#open.get(key);
    if (!opened) {
      opened = { mirror: this.#openMirror(mirrors, repository), users: 0 };
      this.#open.set(key, opened);
    }
    opened.users++;
    try {
      return await task(opened.mirror);
    } finally {
      opened.users--;
      if (opened.users === 0) {
        this.#open.delete(key);
        opened.mirror.dispose();
      }
      this.#removeUnused(mirrors);
    }
  }

  /** Deletes old mirrors once, such as those of another app-config. */
  #removeUnused(mirrors: GitMirrors): void {
    if (this.#isSwept) return;
    this.#isSwept = true;
    mirrors.removeUnused(`${this.#deps.prefix}-`, UNUSED).catch((error: unknown) => {
      this.#deps.logger.info(`Can't look for old copies: ${errorMessage(error)}`);
    });
  }

  /** @throws TypeError */
  #openMirror(mirrors: GitMirrors, repository: RemoteRepository): GitMirror {
    const { url, branch } = repository;
    const key = this.keyOf(repository);
    return mirrors.open({
      key,
      url,
      branch,
      root: `${SOURCE_SCHEME}://${key}/`,
      maxBytes: MAX_BYTES,
      authorization: signal => this.#authorization(repository, signal),
    });
  }

  #authorization({ url }: RemoteRepository, signal: AbortSignal): Promise<string | undefined> {
    return this.#deps.credentials.authorization(new URL(url).origin, signal, 'git');
  }
}

/** Identifies a repository and branch. */
function idOf({ url, branch = '' }: RemoteRepository): string {
  return `${url} ${branch}`;
}

function hostOf({ url }: RemoteRepository): string {
  return new URL(url).host;
}

interface RoundDeps {
  readonly mirrors: GitWildcards;
  /** Owner that mirrors are kept for. */
  readonly owner: string;
  readonly traffic: Traffic;
  readonly signal: AbortSignal;
}

/** Milliseconds of waiting after which a silent host is not retried. */
const PATIENCE = 10_000;

/** A request for files of a repository. */
interface Asked {
  readonly repository: RemoteRepository;
  readonly question: PatternQuestion;
  readonly known: readonly UrlFile[] | undefined;
}

/** One fetch with wildcards: checks each repository once for changes. */
export class WildcardRound {
  readonly #deps: RoundDeps;
  /** Commits by repository key. */
  readonly #refreshed = new Map<string, Promise<string>>();
  /** Start times of git fetches by repository key, in milliseconds since the epoch. */
  readonly #asked = new Map<string, number>();
  /** Errors of hosts that don't answer. */
  readonly #silent = new Map<string, SourceError>();

  constructor(deps: RoundDeps) {
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
      // The mirror may be corrupt: fetching recreates it.
      signal.throwIfAborted();
      await this.#refresh(mirror, { ...asked, known: undefined });
      return this.#look(mirror, asked);
    });
    // Other patterns in the same repository may still work.
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

  /** @returns the commit of the remote */
  async #refresh(mirror: GitMirror, { repository, question, known }: Asked): Promise<string> {
    const { mirrors, signal } = this.#deps;
    const knownCommit = mirrors.commitOf(known, repository);
    const outcome = await mirrors.inTurn(repository, signal, () => {
      this.#asked.set(mirrors.keyOf(repository), mirrors.clock.now());
      return mirror.fetch({
        signal,
        knownCommit,
        complete: tree => fetchMatching(tree, question, { clock: mirrors.clock, signal }),
      });
    });
    this.#count(outcome);
    const commit = mirror.state?.commit ?? knownCommit;
    if (commit === undefined) throw new GitMirrorFailure('failed', 'No commit received');
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
    // The mirror may belong to another branch with the same key.
    if (branch !== undefined && mirror.state?.branch !== branch) {
      throw new GitMirrorFailure('failed', `The copy is of ${mirror.state?.branch}`);
    }
    return value;
  }

  #count({ requests, bytes }: { readonly requests: number; readonly bytes: number }): void {
    this.#deps.traffic.requests += requests;
    this.#deps.traffic.bytes += bytes;
  }

  /** @throws SourceError if the archive must not be requested either */
  async #giveUp(repository: RemoteRepository, error: unknown): Promise<void> {
    const { mirrors, signal } = this.#deps;
    const now = mirrors.clock.now();
    const waited = now - (this.#asked.get(mirrors.keyOf(repository)) ?? now);
    const host = hostOf(repository);
    const reason = sourceErrorOf(error, { host, branch: repository.branch });
    const why = error instanceof GitMirrorFailure ? error.reason : undefined;
    const isNobodyThere = why === 'unknown-host' || why === 'no-connection';
    // A broken connection affects the repository only, because its host has answered.
    const isSilent = why === 'timeout' || (isNobodyThere && waited >= PATIENCE);
    mirrors.logger.info(
      `Git can't fetch ${repository.url}; ${isSilent ? 'trying again later' : 'fetching its archive instead'}: ${errorMessage(reason)}`,
    );
    await mirrors.giveUp(repository, { failure: reason.failure, isOfHost: isSilent, signal });
    if (!isSilent) return;
    this.#silent.set(host, reason);
    throw reason;
  }
}
