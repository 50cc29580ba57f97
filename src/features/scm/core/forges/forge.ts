import type { ScaffolderLogger } from '../../../../api';
import type { JsonObject } from '../../../../model';
import type { Clock, CommittedFile, GitAuthor, HttpClient } from '../../../../platform/core/ports';
import type { ForgeAddress } from './forgeAddress';
import type { RepoSpec } from './repoUrl';

/** A host of git repositories that is asked by its API: `github.com`, a GitLab. */
export interface Forge {
  /**
   * The value of the header `Authorization` that git is let in with at the host's https remotes; must not be
   * written or logged anywhere.
   */
  readonly authorization: string;
  /**
   * Makes an empty repository.
   *
   * @throws an Error whose message says what is in the way, without secrets
   */
  createRepository(request: ForgeRequest, signal: AbortSignal): Promise<ForgeRepository>;
  /**
   * Has somebody look at a change.
   *
   * @returns undefined where nothing would change, and the step asks for no pull request then
   * @throws as `createRepository` does
   */
  openPullRequest(
    request: PullRequestRequest,
    signal: AbortSignal,
  ): Promise<ForgePullRequest | undefined>;
}

/** What a step of a Template asks of a forge. */
export interface ForgeRequest {
  /** The id of the step's action, such as `publish:github`. */
  readonly action: string;
  /** The inputs of the step; they fit the action's schema. */
  readonly input: JsonObject;
  /** What `repoUrl` says. */
  readonly repository: RepoSpec;
  readonly logger: ScaffolderLogger;
}

export interface PullRequestRequest extends ForgeRequest {
  /** The files below `sourcePath`, by paths below `targetPath`. */
  readonly files: readonly CommittedFile[];
  /** Undefined where the step names none. */
  readonly author: GitAuthor | undefined;
}

export interface ForgeRepository {
  /** As Backstage gives it: what people clone. */
  readonly remoteUrl: string;
  readonly repoContentsUrl: string;
  /** The https address that is pushed to. */
  readonly pushUrl: string;
  /** What else the step gives: `projectId`. */
  readonly output?: JsonObject;
  /** Whether the step wants nothing to be pushed: it was there already, or is to stay empty. */
  readonly isLeftAlone?: boolean;
  /** What can only be done when there is something in it, such as the protection of a branch. */
  afterPush?(signal: AbortSignal): Promise<void>;
}

export interface ForgePullRequest {
  readonly remoteUrl: string;
  readonly pullRequestNumber: number;
  readonly targetBranchName: string;
  /** What else the step gives: `mergeRequestUrl`, `projectid`. */
  readonly output?: JsonObject;
}

/** The forges that somebody may be let in to. */
export interface Forges {
  /**
   * Who is let in is asked, where that has to be.
   *
   * @param host - as `repoUrl` names it
   * @returns undefined for a host of another kind, or where there is nothing to be let in with
   */
  open(host: string, signal: AbortSignal): Promise<Forge | undefined>;
}

export interface ForgeDeps {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly address: ForgeAddress;
  /** Goes to this forge, and to nobody else. */
  readonly token: string;
}

/** What there is at a forge, for whoever is let in, by name. */
export interface ForgeLookups {
  /** Users and organizations, or groups, that repositories may be made for. */
  owners(signal: AbortSignal): Promise<readonly string[]>;
  repositories(owner: string, signal: AbortSignal): Promise<readonly string[]>;
  branches(owner: string, repo: string, signal: AbortSignal): Promise<readonly string[]>;
}
