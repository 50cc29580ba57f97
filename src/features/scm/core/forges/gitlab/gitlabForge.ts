import { authorizationOf } from '../../../../../platform/core/hosts';
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
import { gitlabBranches, gitlabOwners, gitlabRepositories } from './gitlabLookups';
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
