import { authorizationOf } from '../../../../../platform/core/hosts';
import type { Clock } from '../../../../../platform/core/ports';
import type {
  Forge,
  ForgePullRequest,
  ForgeRepository,
  ForgeRequest,
  PullRequestRequest,
} from '../forge';
import { ForgeApi } from '../forgeApi';
import type { ForgeDeps } from '../forgeDeps';
import type { ForgeLookups } from '../forgeLookups';
import { githubBranches, githubOwners, githubRepositories } from './githubLookups';
import { openGithubPullRequest } from './githubPullRequest';
import { createGithubRepository } from './githubRepository';

/** github.com, or a GitHub of one's own. */
export class GithubForge implements Forge, ForgeLookups {
  readonly authorization: string;
  readonly #api: ForgeApi;
  readonly #clock: Clock;

  constructor({ http, clock, address, token }: ForgeDeps) {
    this.#clock = clock;
    this.#api = new ForgeApi({
      http,
      address,
      token,
      headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
    });
    this.authorization = authorizationOf('github', token, 'git');
  }

  createRepository(request: ForgeRequest, signal: AbortSignal): Promise<ForgeRepository> {
    return createGithubRepository(request, { api: this.#api, clock: this.#clock, signal });
  }

  openPullRequest(
    request: PullRequestRequest,
    signal: AbortSignal,
  ): Promise<ForgePullRequest | undefined> {
    return openGithubPullRequest(request, { api: this.#api, signal });
  }

  owners: ForgeLookups['owners'] = signal => githubOwners(this.#api, signal);
  repositories: ForgeLookups['repositories'] = (owner, signal) =>
    githubRepositories(this.#api, owner, signal);
  branches: ForgeLookups['branches'] = (owner, repo, signal) =>
    githubBranches(this.#api, { owner, repo }, signal);
}
