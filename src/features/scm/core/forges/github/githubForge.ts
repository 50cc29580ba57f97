import { isRecord } from '../../../../../base';
import { authorizationOf } from '../../../../../platform/core/hosts';
import type { Clock } from '../../../../../platform/core/ports';
import type {
  Forge,
  ForgeDeps,
  ForgeLookups,
  ForgePullRequest,
  ForgeRepository,
  ForgeRequest,
  PullRequestRequest,
} from '../forge';
import { ForgeApi, MOST_CHOICES, namesIn } from '../forgeApi';
import { openGithubPullRequest } from './githubPullRequest';
import { createGithubRepository } from './githubRepository';

/** github.com or a GitHub Enterprise server. */
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

  /**
   * Lists the owners of visible repositories, and the user. Backstage does the same, because listing organizations
   * needs another scope.
   */
  async owners(signal: AbortSignal): Promise<readonly string[]> {
    const { data } = await this.#api.call('GET', { path: ['user'], signal });
    const repositories = await this.#ownRepositories(signal);
    return namesIn([{ owner: data }, ...repositories], ({ owner }) =>
      isRecord(owner) ? owner['login'] : undefined,
    );
  }

  async repositories(owner: string, signal: AbortSignal): Promise<readonly string[]> {
    const lowerCase = owner.toLowerCase();
    return namesIn(await this.#ownRepositories(signal), ({ name, owner: of }) =>
      isRecord(of) && String(of['login']).toLowerCase() === lowerCase ? name : undefined,
    );
  }

  async branches(owner: string, repo: string, signal: AbortSignal): Promise<readonly string[]> {
    const path = ['repos', owner, repo, 'branches'];
    return namesIn(await this.#api.list({ path, signal }, MOST_CHOICES), ({ name }) => name);
  }

  #ownRepositories(signal: AbortSignal): Promise<readonly Record<string, unknown>[]> {
    const query = { sort: 'pushed' };
    return this.#api.list({ path: ['user', 'repos'], query, signal }, MOST_CHOICES);
  }
}
