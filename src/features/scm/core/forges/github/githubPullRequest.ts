import { base64Of, errorMessage, decodeExactly, isRecord } from '../../../../../base';
import type { JsonObject } from '../../../../../model';
import type { CommittedFile } from '../../../../../platform/core/ports';
import { InputError } from '../../forgeFiles';
import { type ForgePullRequest, type PullRequestRequest } from '../forge';
import type { ForgeApi } from '../forgeApi';
import { ForgeError } from '../forgeError';
import {
  definedOf,
  flagOf,
  textOf,
  textsOf,
  checkPathInRepository,
  pathsToDelete,
} from '../readInput';
import type { GithubDeps } from './githubRepository';

/**
 * Opens a pull request without a clone: creates blobs, a tree, a commit, a branch, and the pull request.
 *
 * Source: `createPublishGithubPullRequestAction` of the module for GitHub 0.10, and
 * `octokit-plugin-create-pull-request`, including messages. Unlike there, an existing branch is overwritten only
 * with `update` and an open pull request from it, the default branch is never overwritten, and no fork is created.
 *
 * @returns undefined if nothing would change and the step doesn't want a pull request then
 */
export async function openGithubPullRequest(
  request: PullRequestRequest,
  deps: GithubDeps,
): Promise<ForgePullRequest | undefined> {
  const { input, repository, logger } = request;
  const { owner, repo, host } = repository;
  if (!owner || !repo) {
    throw new InputError(`No owner provided for host: ${host}, and repo ${repo}`);
  }
  const target = textOf(input, 'targetPath');
  if (target) checkPathInRepository(target, 'targetPath');
  if (flagOf(input, 'forceFork', false)) {
    throw new InputError(
      'Pull requests from forks are not supported. Remove forceFork to use a branch of the repository',
    );
  }
  const opening = new PullRequestOpening(request, [owner, repo], deps);
  try {
    const pull = await opening.open(pathsToDelete(input, target));
    if (!pull) {
      logger.info('No changes to commit, pull request was not created');
      return undefined;
    }
    await opening.ask(pull.pullRequestNumber);
    return pull;
  } catch (error) {
    deps.signal.throwIfAborted();
    if (!(error instanceof ForgeError)) throw error;
    throw new ForgeError(`Pull request creation failed; caused by ${error.message}`);
  }
}

/** Maximum bytes of text in one tree request. */
const MOST_TEXT = 4_000_000;

/** Maximum number of open pull requests to check, because forks may have branches of the same name. */
const MOST_PULLS = 100;

interface Commit {
  readonly sha: string;
  readonly tree: string;
}

class PullRequestOpening {
  readonly #request: PullRequestRequest;
  readonly #api: ForgeApi;
  readonly #signal: AbortSignal;
  readonly #owner: string;
  readonly #repository: readonly string[];

  constructor(
    request: PullRequestRequest,
    place: readonly [owner: string, repo: string],
    { api, signal }: GithubDeps,
  ) {
    this.#request = request;
    this.#api = api;
    this.#signal = signal;
    this.#owner = place[0];
    this.#repository = ['repos', ...place];
  }

  /** @param deletions - paths in the repository */
  async open(deletions: readonly string[]): Promise<ForgePullRequest | undefined> {
    const { input } = this.#request;
    const branch = textOf(input, 'branchName') ?? '';
    const base = textOf(input, 'targetBranchName') || (await this.#defaultBranch());
    if (branch === base) throw new ForgeError(`The branch ${branch} cannot be merged into itself`);
    const before = await this.#commitAt(base);
    const tree = await this.#treeOn(before, deletions);
    if (tree === before.tree && input['createWhenEmpty'] === false) return undefined;
    const open = await this.#openPull(branch);
    const isThere = (await this.#find('GET', ['git', 'ref', `heads/${branch}`])) !== undefined;
    if (isThere) await this.#refuseOverwriting(branch, open);
    const sha = await this.#commit(tree, before);
    await (isThere
      ? this.#call('PATCH', ['git', 'refs', `heads/${branch}`], { sha, force: true })
      : this.#call('POST', ['git', 'refs'], { ref: `refs/heads/${branch}`, sha }));
    return this.#pull({ branch, base, open });
  }

  /** Requests reviews and sets assignees. Failures are logged only. */
  async ask(number: number): Promise<void> {
    const { input, logger } = this.#request;
    const reviewers = textsOf(input, 'reviewers');
    const teams = textsOf(input, 'teamReviewers');
    if (reviewers || teams) {
      await this.#orLog(`Failure when adding reviewers to Pull request ${number}`, async () => {
        const data = await this.#call(
          'POST',
          ['pulls', String(number), 'requested_reviewers'],
          definedOf({
            reviewers: reviewers && [...reviewers],
            team_reviewers: teams && [...new Set(teams)],
          }),
        );
        const users = namesOf(data, 'requested_reviewers', 'login');
        const addedTeams = namesOf(data, 'requested_teams', 'slug');
        logger.info(
          `Added users [${users}] and teams [${addedTeams}] as reviewers to Pull request ${number}`,
        );
      });
    }
    const assignees = textsOf(input, 'assignees');
    if (!assignees) return;
    if (assignees.length > 10) {
      logger.warn('Assignees list is too long, only the first 10 will be used.');
    }
    await this.#orLog(`Failure when adding assignees to Pull request ${number}`, async () => {
      const data = await this.#call('POST', ['issues', String(number), 'assignees'], {
        assignees: assignees.slice(0, 10),
      });
      const names = namesOf(data, 'assignees', 'login');
      logger.info(`Added assignees [${names}] to Pull request ${number}`);
    });
  }

  async #defaultBranch(): Promise<string> {
    const repository = await this.#call('GET', []);
    return this.#text(repository, 'default_branch', 'the default branch');
  }

  async #commitAt(branch: string): Promise<Commit> {
    const found = await this.#call('GET', ['commits', `heads/${branch}`]);
    const commit = isRecord(found['commit']) ? found['commit'] : {};
    const tree = isRecord(commit['tree']) ? commit['tree'] : {};
    return { sha: this.#sha(found), tree: this.#sha(tree) };
  }

  /** Creates a tree from a commit and the request's files. */
  async #treeOn(commit: Commit, deletions: readonly string[]): Promise<string> {
    const gone = new Set(deletions);
    let tree = commit.tree;
    let entries: JsonObject[] = [];
    let size = 0;
    const flush = async (): Promise<void> => {
      if (entries.length === 0) return;
      const body = { base_tree: tree, tree: entries };
      tree = this.#sha(await this.#call('POST', ['git', 'trees'], body));
      entries = [];
      size = 0;
    };
    for (const file of this.#request.files) {
      if (gone.has(file.path)) continue;
      if (size + file.content.length > MOST_TEXT) await flush();
      entries.push(await this.#entryOf(file));
      size += file.content.length;
    }
    for (const path of gone) {
      const query = { ref: commit.sha };
      const isThere = await this.#find('HEAD', ['contents', path], query);
      // GitHub rejects the whole tree if a deleted file doesn't exist.
      if (isThere) entries.push({ path, mode: '100644', type: 'blob', sha: null });
    }
    await flush();
    return tree;
  }

  /** Puts text into the tree itself, which saves a rate-limited request for each file. */
  async #entryOf({ path, content, isExecutable }: CommittedFile): Promise<JsonObject> {
    const entry = { path, mode: isExecutable ? '100755' : '100644', type: 'blob' };
    const text = content.length < MOST_TEXT ? decodeExactly(content) : undefined;
    if (text !== undefined) return { ...entry, content: text };
    const body = { content: base64Of(content), encoding: 'base64' };
    return { ...entry, sha: this.#sha(await this.#call('POST', ['git', 'blobs'], body)) };
  }

  async #commit(tree: string, parent: Commit): Promise<string> {
    const { input, author } = this.#request;
    const message = textOf(input, 'commitMessage') ?? textOf(input, 'title') ?? '';
    const isAnonymous = flagOf(input, 'forceEmptyGitAuthor', false);
    const body = {
      message,
      tree,
      parents: [parent.sha],
      ...(author && !isAnonymous && { author: { ...author } }),
    };
    return this.#sha(await this.#call('POST', ['git', 'commits'], body));
  }

  /** Returns the open pull request from a branch of this repository. */
  async #openPull(branch: string): Promise<Record<string, unknown> | undefined> {
    const path = [...this.#repository, 'pulls'];
    const query = { head: `${this.#owner}:${branch}`, state: 'open' };
    const pulls = await this.#api.list({ path, query, signal: this.#signal }, MOST_PULLS);
    const [, owner, repo] = this.#repository;
    const name = `${owner}/${repo}`.toLowerCase();
    return pulls.find(({ head }) => {
      if (!isRecord(head) || !isRecord(head['repo'])) return false;
      const fullName = head['repo']['full_name'];
      return (
        head['ref'] === branch && typeof fullName === 'string' && fullName.toLowerCase() === name
      );
    });
  }

  /** Throws if the step doesn't want to overwrite the branch, or the branch has commits without a pull request. */
  async #refuseOverwriting(
    branch: string,
    open: Record<string, unknown> | undefined,
  ): Promise<void> {
    if (branch === (await this.#defaultBranch())) {
      throw new ForgeError(
        `${branch} is the default branch and can't be overwritten. Use another name`,
      );
    }
    if (!open) {
      throw new ForgeError(
        `The branch ${branch} already exists without an open pull request. Use another name`,
      );
    }
    if (flagOf(this.#request.input, 'update', false)) return;
    throw new ForgeError(
      `Pull request already exists: ${String(open['html_url'])}. Set update=true to enable updating`,
    );
  }

  async #pull({
    branch,
    base,
    open,
  }: {
    readonly branch: string;
    readonly base: string;
    readonly open: Record<string, unknown> | undefined;
  }): Promise<ForgePullRequest> {
    const { input } = this.#request;
    const texts = definedOf({ title: textOf(input, 'title'), body: textOf(input, 'description') });
    const pull = open
      ? await this.#call('PATCH', ['pulls', String(open['number'])], { ...texts, base })
      : await this.#call('POST', ['pulls'], {
          ...texts,
          head: `${this.#owner}:${branch}`,
          base,
          draft: flagOf(input, 'draft', false),
        });
    const { number } = pull;
    if (typeof number !== 'number') throw this.#api.unreadable('the number of the pull request');
    const [, owner, repo] = this.#repository;
    const { webUrl } = this.#api.address;
    return {
      remoteUrl: this.#api.ownUrl(pull['html_url']) ?? `${webUrl}/${owner}/${repo}/pull/${number}`,
      pullRequestNumber: number,
      targetBranchName: base,
    };
  }

  async #orLog(failure: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#signal.throwIfAborted();
      this.#request.logger.error(`${failure} ${errorMessage(error)}`);
    }
  }

  async #call(
    method: 'GET' | 'POST' | 'PATCH',
    path: readonly string[],
    body?: JsonObject,
  ): Promise<Record<string, unknown>> {
    const { data } = await this.#api.call(method, {
      path: [...this.#repository, ...path],
      signal: this.#signal,
      ...(body ? { body } : {}),
    });
    if (!isRecord(data)) throw this.#api.unreadable('an object');
    return data;
  }

  #find(
    method: 'GET' | 'HEAD',
    path: readonly string[],
    query: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    const call = { path: [...this.#repository, ...path], query, signal: this.#signal };
    return this.#api.find(call, method);
  }

  #sha(data: Record<string, unknown>): string {
    const sha = this.#text(data, 'sha', 'a hash');
    if (!/^[0-9a-f]{40,64}$/.test(sha)) throw this.#api.unreadable('a hash');
    return sha;
  }

  #text(data: Record<string, unknown>, key: string, what: string): string {
    const value = data[key];
    if (typeof value !== 'string' || value === '') throw this.#api.unreadable(what);
    return value;
  }
}

function namesOf(data: Record<string, unknown>, key: string, name: string): string {
  const rows: unknown = data[key];
  const names = Array.isArray(rows) ? rows.map((row: unknown) => isRecord(row) && row[name]) : [];
  return names.filter(text => typeof text === 'string').join(', ');
}
