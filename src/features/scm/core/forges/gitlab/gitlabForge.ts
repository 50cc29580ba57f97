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

/** gitlab.com or a self-managed GitLab. */
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

  /** Lists groups in which the user may create projects, and the user. */
  async owners(signal: AbortSignal): Promise<readonly string[]> {
    const { data } = await this.#api.call('GET', { path: ['user'], signal });
    const user = isRecord(data) ? [{ full_path: data['username'] }] : [];
    // 30 is the Developer role.
    const query = { min_access_level: '30' };
    const groups = await this.#api.list({ path: ['groups'], query, signal }, MOST_CHOICES);
    return namesIn([...user, ...groups], group => group['full_path']);
  }

  async repositories(owner: string, signal: AbortSignal): Promise<readonly string[]> {
    const isGroup = (await this.#api.find({ path: ['groups', owner], signal })) !== undefined;
    const path = [isGroup ? 'groups' : 'users', owner, 'projects'];
    const query = { simple: 'true' };
    const projects = await this.#api.list({ path, query, signal }, MOST_CHOICES);
    return namesIn(projects, project => project['path']);
  }

  async branches(owner: string, repo: string, signal: AbortSignal): Promise<readonly string[]> {
    const path = ['projects', `${owner}/${repo}`, 'repository', 'branches'];
    return namesIn(await this.#api.list({ path, signal }, MOST_CHOICES), ({ name }) => name);
  }
}
