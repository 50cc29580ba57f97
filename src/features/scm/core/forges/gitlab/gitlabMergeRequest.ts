import { base64Of, errorMessage, isRecord } from '../../../../../base';
import type { JsonObject } from '../../../../../model';
import type { CommittedFile } from '../../../../../platform/core/ports';
import { InputError } from '../../forgeFiles';
import { type ForgePullRequest, type PullRequestRequest } from '../forge';
import { type ForgeAnswer, type ForgeApi, type ForgeCall } from '../forgeApi';
import { ForgeError } from '../forgeError';
import { definedOf, flagOf, textOf, textsOf, checkPathInRepository } from '../readInput';
import type { GitlabDeps } from './gitlabProject';

/**
 * Opens a merge request without a clone.
 *
 * Source: `createPublishGitlabMergeRequestAction` of the module for GitLab 0.12, including messages. Unlike there,
 * the branch is created with its commit, so that a refused commit leaves no branch behind.
 */
export async function openGitlabMergeRequest(
  request: PullRequestRequest,
  deps: GitlabDeps,
): Promise<ForgePullRequest> {
  const { input, repository } = request;
  const { owner, repo, project: named, host } = repository;
  if (!named && (!owner || !repo)) {
    throw new InputError(`No owner provided for host: ${host}, and repo ${repo}`);
  }
  const target = textOf(input, 'targetPath');
  if (target) checkPathInRepository(target, 'targetPath');
  const project = named || `${owner}/${repo}`;
  return new MergeRequestOpening(request, project, deps).open();
}

type CommitAction = JsonObject;

class MergeRequestOpening {
  readonly #request: PullRequestRequest;
  readonly #project: string;
  readonly #api: ForgeApi;
  readonly #signal: AbortSignal;

  constructor(request: PullRequestRequest, project: string, { api, signal }: GitlabDeps) {
    this.#request = request;
    this.#project = project;
    this.#api = api;
    this.#signal = signal;
  }

  async open(): Promise<ForgePullRequest> {
    const { input } = this.#request;
    const branch = textOf(input, 'branchName') ?? '';
    const assignee = textOf(input, 'assignee');
    const assigneeId =
      assignee === undefined ? undefined : await this.#userId(assignee, 'an assignee');
    const reviewerIds: number[] = [];
    for (const reviewer of textsOf(input, 'reviewers') ?? []) {
      const id = await this.#userId(reviewer, 'reviewer');
      if (id !== undefined) reviewerIds.push(id);
    }
    const target = textOf(input, 'targetBranchName') || (await this.#defaultBranch());
    const actions = await this.#actions(target);
    await this.#commit({ branch, target, actions });
    const labels = textsOf(input, 'labels')?.join(',') ?? textOf(input, 'labels');
    const body = definedOf({
      source_branch: branch,
      target_branch: target,
      title: textOf(input, 'title'),
      description: textOf(input, 'description'),
      remove_source_branch: flagOf(input, 'removeSourceBranch', false),
      assignee_id: assigneeId,
      reviewer_ids: reviewerIds.length > 0 ? reviewerIds : undefined,
      labels,
    });
    const { number, url } = await this.#orFail('Merge request creation failed.', async () =>
      this.#mergeRequestIn(await this.#call('POST', ['merge_requests'], { body })),
    );
    if (flagOf(input, 'assignReviewersFromApprovalRules', false)) {
      await this.#addApprovers(number, reviewerIds);
    }
    if (flagOf(input, 'autoMerge', false)) {
      const path = ['merge_requests', String(number), 'merge'];
      await this.#orFail(`Enabling auto-merge for merge request ${number} failed.`, () =>
        this.#call('PUT', path, { body: { merge_when_pipeline_succeeds: true } }),
      );
    }
    const project = this.#project;
    return {
      remoteUrl: url,
      pullRequestNumber: number,
      targetBranchName: target,
      output: { projectid: project, projectPath: project, mergeRequestUrl: url },
    };
  }

  async #userId(username: string, what: string): Promise<number | undefined> {
    try {
      const call = { path: ['users'], query: { username }, signal: this.#signal };
      const [user] = await this.#api.list(call, 1);
      if (typeof user?.['id'] === 'number') return user['id'];
      throw new ForgeError('there is no such user');
    } catch (error) {
      this.#rethrowUnexpected(error);
      this.#request.logger.warn(
        `Failed to find gitlab user id for ${username}: ${errorMessage(error)}. Proceeding with MR creation without ${what}.`,
      );
      return undefined;
    }
  }

  async #defaultBranch(): Promise<string> {
    const { data } = await this.#call('GET', []);
    const branch = isRecord(data) ? data['default_branch'] : undefined;
    if (typeof branch === 'string' && branch !== '') return branch;
    throw new InputError(
      `The branch creation failed. Target branch was not provided, and could not find default branch from project settings. Project: ${JSON.stringify(this.#project)}`,
    );
  }

  /** Returns the commit actions for files that need one. */
  async #actions(target: string): Promise<readonly CommitAction[]> {
    const { input, files } = this.#request;
    const wanted = textOf(input, 'commitAction') ?? 'auto';
    if (wanted === 'skip') return [];
    const actions: CommitAction[] = [];
    for (const file of files) {
      if (wanted !== 'auto') actions.push(actionOf(wanted, file));
      else actions.push(...(await this.#neededFor(file, target)));
    }
    return actions;
  }

  async #neededFor(file: CommittedFile, branch: string): Promise<readonly CommitAction[]> {
    const found = await this.#find(['repository', 'files', file.path], { ref: branch }, 'HEAD');
    if (!found) return [actionOf('create', file)];
    const isSame = found.headers.get('x-gitlab-blob-id') === (await blobId(file.content));
    const mode = found.headers.get('x-gitlab-execute-filemode') ?? 'false';
    const isOtherMode = mode !== String(file.isExecutable);
    return [
      ...(isSame ? [] : [actionOf('update', file)]),
      ...(isOtherMode
        ? [{ action: 'chmod', file_path: file.path, execute_filemode: file.isExecutable }]
        : []),
    ];
  }

  /** Creates the branch, with a commit if there are actions. */
  async #commit({
    branch,
    target,
    actions,
  }: {
    readonly branch: string;
    readonly target: string;
    readonly actions: readonly CommitAction[];
  }): Promise<void> {
    const { input, author, logger } = this.#request;
    const existing = await this.#find(['repository', 'branches', branch]);
    if (existing && actions.length > 0) throw await this.#branchExistsError(branch, existing);
    if (existing) {
      logger.info(`Using existing branch ${branch} without modification.`);
      return;
    }
    if (actions.length === 0) {
      const query = { branch, ref: target };
      await this.#orFail(
        `The branch creation failed. Please check that your repo does not already contain a branch named '${branch}'.`,
        () => this.#call('POST', ['repository', 'branches'], { query }),
      );
      return;
    }
    const body = {
      branch,
      start_branch: target,
      commit_message: textOf(input, 'title') ?? '',
      ...(author && { author_name: author.name, author_email: author.email }),
      actions: [...actions],
    };
    await this.#orFail(
      `Committing the changes to ${branch} failed. Please check that none of the files created by the template already exists.`,
      () => this.#call('POST', ['repository', 'commits'], { body }),
    );
  }

  async #branchExistsError(branch: string, { data }: ForgeAnswer): Promise<InputError> {
    const url = this.#webUrl(data, `/-/tree/${branch}`);
    const path = ['projects', this.#project, 'merge_requests'];
    const query = { source_branch: branch };
    const [open] = await this.#api.list({ path, query, signal: this.#signal }, 1);
    const also = open
      ? ` Additionally, there is a Merge Request for this branch: ${this.#webUrl(open, '/-/merge_requests')}`
      : '';
    return new InputError(
      `The branch creation failed because the branch already exists at: ${url}.${also}`,
    );
  }

  /** Adds approvers to existing rules. Failures are logged only. */
  async #addApprovers(number: number, reviewers: readonly number[]): Promise<void> {
    try {
      const path = ['merge_requests', String(number)];
      const { data } = await this.#call('GET', [...path, 'approval_rules']);
      const rules: readonly unknown[] = Array.isArray(data) ? data : [];
      const approvers = rules.flatMap(rule => {
        const people: unknown = isRecord(rule) ? rule['eligible_approvers'] : [];
        return Array.isArray(people)
          ? people.map((one: unknown) => isRecord(one) && one['id'])
          : [];
      });
      const ids = approvers.filter(id => typeof id === 'number');
      if (ids.length === 0) return;
      const body = { reviewer_ids: [...new Set([...ids, ...reviewers])] };
      await this.#call('PUT', path, { body });
    } catch (error) {
      this.#rethrowUnexpected(error);
      this.#request.logger.warn(
        `Failed to assign reviewers from approval rules: ${errorMessage(error)}.`,
      );
    }
  }

  #mergeRequestIn({ data }: ForgeAnswer): { readonly number: number; readonly url: string } {
    const number = isRecord(data) ? data['iid'] : undefined;
    if (typeof number !== 'number') {
      throw this.#api.unreadable('the number of the merge request');
    }
    return { number, url: this.#webUrl(data, `/-/merge_requests/${number}`) };
  }

  /** Returns the page of a resource: as the forge reports it, if that is one of its own. */
  #webUrl(data: unknown, path: string): string {
    const own = this.#api.ownUrl(isRecord(data) ? data['web_url'] : undefined);
    return own ?? `${this.#api.address.webUrl}/${this.#project}${path}`;
  }

  #call(
    method: 'GET' | 'POST' | 'PUT',
    path: readonly string[],
    options: Pick<ForgeCall, 'query' | 'body'> = {},
  ): Promise<ForgeAnswer> {
    const call = { path: ['projects', this.#project, ...path], signal: this.#signal };
    return this.#api.call(method, { ...call, ...options });
  }

  #find(
    path: readonly string[],
    query: Readonly<Record<string, string>> = {},
    method: 'GET' | 'HEAD' = 'GET',
  ): Promise<ForgeAnswer | undefined> {
    const call = { path: ['projects', this.#project, ...path], query, signal: this.#signal };
    return this.#api.find(call, method);
  }

  async #orFail<T>(failure: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#rethrowUnexpected(error);
      throw new InputError(`${failure} ${errorMessage(error)}`);
    }
  }

  /** Rethrows errors other than refusals of the forge. */
  #rethrowUnexpected(error: unknown): void {
    this.#signal.throwIfAborted();
    if (!(error instanceof ForgeError)) throw error;
  }
}

function actionOf(action: string, { path, content, isExecutable }: CommittedFile): CommitAction {
  if (action === 'delete') return { action, file_path: path };
  return {
    action,
    file_path: path,
    encoding: 'base64',
    content: base64Of(content),
    execute_filemode: isExecutable,
  };
}

/** Computes git's hash of a file, to skip unchanged files. */
async function blobId(content: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(`blob ${content.length}\0`);
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  return [...hash].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
