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

/**
 * The owners of the repositories that somebody may see, and the user. Backstage gets them in the same way: a list of
 * organizations takes a scope of its own.
 */
async function githubOwners(api: ForgeApi, signal: AbortSignal): Promise<readonly string[]> {
  const { data } = await api.call('GET', { path: ['user'], signal });
  const repositories = await ownRepositories(api, signal);
  return namesIn([{ owner: data }, ...repositories], ({ owner }) =>
    isRecord(owner) ? owner['login'] : undefined,
  );
}

async function githubRepositories(
  api: ForgeApi,
  owner: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const repositories = await ownRepositories(api, signal);
  const lowerCase = owner.toLowerCase();
  return namesIn(repositories, ({ name, owner: of }) =>
    isRecord(of) && String(of['login']).toLowerCase() === lowerCase ? name : undefined,
  );
}

function ownRepositories(
  api: ForgeApi,
  signal: AbortSignal,
): Promise<readonly Record<string, unknown>[]> {
  const query = { sort: 'pushed' };
  return api.list({ path: ['user', 'repos'], query, signal }, MOST_CHOICES);
}

async function githubBranches(
  api: ForgeApi,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = ['repos', owner, repo, 'branches'];
  return namesIn(await api.list({ path, signal }, MOST_CHOICES), ({ name }) => name);
}
