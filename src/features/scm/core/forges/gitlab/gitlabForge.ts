import { isRecord } from '../../../../../base';
import { authorizationOf } from '../../../../../platform/core/hosts';
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
import { openGitlabMergeRequest } from './gitlabMergeRequest';
import { createGitlabProject } from './gitlabProject';

/** gitlab.com, or a GitLab of one's own. */
export class GitlabForge implements Forge, ForgeLookups {
  readonly authorization: string;
  readonly #api: ForgeApi;

  constructor({ http, address, token }: ForgeDeps) {
    this.#api = new ForgeApi({ http, address, token });
    this.authorization = authorizationOf('gitlab', token, 'git');
  }

  createRepository(request: ForgeRequest, signal: AbortSignal): Promise<ForgeRepository> {
    return createGitlabProject(request, { api: this.#api, signal });
  }

  openPullRequest(request: PullRequestRequest, signal: AbortSignal): Promise<ForgePullRequest> {
    return openGitlabMergeRequest(request, { api: this.#api, signal });
  }

  owners: ForgeLookups['owners'] = signal => gitlabOwners(this.#api, signal);
  repositories: ForgeLookups['repositories'] = (owner, signal) =>
    gitlabRepositories(this.#api, owner, signal);
  branches: ForgeLookups['branches'] = (owner, repo, signal) =>
    gitlabBranches(this.#api, `${owner}/${repo}`, signal);
}

/** Groups that projects may be made in, and the user. */
async function gitlabOwners(api: ForgeApi, signal: AbortSignal): Promise<readonly string[]> {
  const { data } = await api.call('GET', { path: ['user'], signal });
  const user = isRecord(data) ? [{ full_path: data['username'] }] : [];
  // 30: developers and those above them.
  const query = { min_access_level: '30' };
  const groups = await api.list({ path: ['groups'], query, signal }, MOST_CHOICES);
  return namesIn([...user, ...groups], group => group['full_path']);
}

async function gitlabRepositories(
  api: ForgeApi,
  owner: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const query = { simple: 'true' };
  const ofGroup = { path: ['groups', owner, 'projects'], query, signal };
  const isGroup = (await api.find({ path: ['groups', owner], signal })) !== undefined;
  const ofUser = { path: ['users', owner, 'projects'], query, signal };
  const projects = await api.list(isGroup ? ofGroup : ofUser, MOST_CHOICES);
  return namesIn(projects, ({ path }) => path);
}

async function gitlabBranches(
  api: ForgeApi,
  project: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = ['projects', project, 'repository', 'branches'];
  return namesIn(await api.list({ path, signal }, MOST_CHOICES), ({ name }) => name);
}
