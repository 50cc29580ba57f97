import type { ScaffolderLogger } from '../../../../api';
import type { JsonObject } from '../../../../model';
import type { Clock, CommittedFile, GitAuthor, HttpClient } from '../../../../platform/core/ports';
import type { ForgeAddress } from './forgeAddress';
import type { RepoSpec } from './repoUrl';

/** A git host with an API: `github.com`, a GitLab. */
export interface Forge {
  /**
   * Value of the `Authorization` header for git at the host's https remotes; must not be written or logged
   * anywhere.
   */
  readonly authorization: string;
  /**
   * Creates an empty repository.
   *
   * @throws Error with a message that says what is wrong, without secrets
   */
  createRepository(request: ForgeRequest, signal: AbortSignal): Promise<ForgeRepository>;
  /**
   * Opens a pull request.
   *
   * @returns undefined if nothing would change and the step doesn't want a pull request then
   * @throws like `createRepository`
   */
  openPullRequest(
    request: PullRequestRequest,
    signal: AbortSignal,
  ): Promise<ForgePullRequest | undefined>;
}

/** A forge request of a template step. */
export interface ForgeRequest {
  /** Id of the step's action, such as `publish:github`. */
  readonly action: string;
  /** Inputs of the step, valid for the action's schema. */
  readonly input: JsonObject;
  /** Parsed `repoUrl`. */
  readonly repository: RepoSpec;
  readonly logger: ScaffolderLogger;
}

export interface PullRequestRequest extends ForgeRequest {
  /** The files below `sourcePath`, by paths below `targetPath`. */
  readonly files: readonly CommittedFile[];
  /** Undefined if the step has none. */
  readonly author: GitAuthor | undefined;
}

export interface ForgeRepository {
  /** Clone URL, as in Backstage. */
  readonly remoteUrl: string;
  readonly repoContentsUrl: string;
  /** https URL to push to. */
  readonly pushUrl: string;
  /** Additional outputs of the step: `projectId`. */
  readonly output?: JsonObject;
  /** Whether to skip pushing: the repository existed before, or should stay empty. */
  readonly skipsPush?: boolean;
  /** Runs what requires a first commit, such as branch protection. */
  afterPush?(signal: AbortSignal): Promise<void>;
}

export interface ForgePullRequest {
  readonly remoteUrl: string;
  readonly pullRequestNumber: number;
  readonly targetBranchName: string;
  /** Additional outputs of the step: `mergeRequestUrl`, `projectid`. */
  readonly output?: JsonObject;
}

/** Forges that the user can sign in to. */
export interface Forges {
  /**
   * Signs in if needed.
   *
   * @param host - as in `repoUrl`
   * @returns undefined for hosts of other kinds, or without credentials
   */
  open(host: string, signal: AbortSignal): Promise<Forge | undefined>;
}

export interface ForgeDeps {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly address: ForgeAddress;
  /** Sent to this forge only. */
  readonly token: string;
}

/** Lists what the user can access at a forge, by name. */
export interface ForgeLookups {
  /** Users, organizations or groups that can own new repositories. */
  owners(signal: AbortSignal): Promise<readonly string[]>;
  repositories(owner: string, signal: AbortSignal): Promise<readonly string[]>;
  branches(owner: string, repo: string, signal: AbortSignal): Promise<readonly string[]>;
}
