import type { ScaffolderAction } from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  errorMessage,
  joinUri,
  relativePath,
} from '../../../../base';
import type {
  CommitBase,
  FileSystem,
  GitPublisher,
  PreparedCommit,
  Undo,
} from '../../../../platform/core/ports';
import { InputError, joinPath } from '../../../scm/core/forgeFiles';
import { contentsUrl } from '../../../scm/core/forgePages';
import type { Forge, Forges, RepoHosts } from '../../../scm/core/forges';
import { backstageActions } from '../../../templates/core';
import { backstageSchema, textInput } from '../actions/inputs';
import { addressesOf, localActions } from '../actions/localActions';
import type { TaskFile } from '../workspace/memoryWorkspace';
import {
  PartlyPublishedError,
  type Published,
  publishKind,
  type PublishPlace,
} from './publishPlace';
import {
  checkedBranch,
  type Pending,
  PendingCommits,
  type PublishStep,
  readPublishStep,
  removedFiles,
  shownFolder,
} from './publishStep';
import { type LocationEdit, type LocationPlace, Registration } from './registration';
import { branchInput, type PublishTarget, publishTarget } from './dryRunPublication';

/** Target of a run's published files and registered entities. Undefined parts stay local. */
export interface PublishChoice {
  readonly place: PublishPlace | undefined;
  /** The Location that `catalog:register` adds to. */
  readonly location: LocationPlace | undefined;
}

export interface PublicationDeps extends PublishChoice {
  /** URI of the folder for the files. */
  readonly folder: string;
  readonly git: GitPublisher;
  readonly forges: Forges;
  readonly fileSystem: FileSystem;
  readonly hosts: RepoHosts;
  /** Whether a git host may publish to a target. Default: yes. */
  readonly mayPublish?: (target: PublishTarget) => boolean;
}

/**
 * Publishes one run of a Template. Steps prepare commits and return their future URLs. After the run, {@link
 * complete} makes all changes or none. Only git hosts are called during the run, because steps need their
 * replies.
 */
export class Publication implements Disposable {
  /** Actions that publish or register, including those that stay local. */
  readonly actions: readonly ScaffolderAction[];
  readonly #deps: PublicationDeps;
  readonly #store = new DisposableStore();
  readonly #registration: Registration | undefined;
  readonly #pending = new PendingCommits();
  /** Folders of the task by URL of their contents. */
  readonly #contents = new Map<string, string>();
  /** URLs of created repositories without a commit. */
  readonly #empty = new Set<string>();
  /** URLs of opened pull requests. */
  readonly #opened = new Set<string>();
  #changed: ReadonlyMap<string, TaskFile> | undefined;

  constructor(deps: PublicationDeps) {
    this.#deps = deps;
    const { place, location, folder, fileSystem } = deps;
    this.#registration =
      location &&
      new Registration({ location, folder, fileSystem, pathOf: url => this.#pathOf(url) });
    const publishing = backstageActions.ids().filter(id => publishKind(id) !== undefined);
    const own = place ? publishing.map(id => this.#action(id, place)) : [];
    if (this.#registration) own.push(this.#registration.action);
    const ids = new Set(own.map(({ id }) => id));
    this.actions = [...localActions(deps.hosts).filter(({ id }) => !ids.has(id)), ...own];
  }

  /** Edit of the Location, if it changes. */
  get location(): LocationEdit | undefined {
    return this.#registration?.edit;
  }

  /** Whether prepared commits contain files of the run. */
  get hasCommits(): boolean {
    return !this.#pending.isEmpty;
  }

  /** URLs of empty repositories on git hosts that a failed run left behind. */
  get emptyRepositories(): readonly string[] {
    return [...this.#empty];
  }

  /** URLs of pull requests that a failed run left open. */
  get openPullRequests(): readonly string[] {
    return [...this.#opened];
  }

  /** The files to write. For a change on a branch, only the changed files at their paths in the repository. */
  filesOf(files: ReadonlyMap<string, TaskFile>): ReadonlyMap<string, TaskFile> {
    return this.#changed ?? files;
  }

  /**
   * Makes the prepared changes, irreversible ones last. If it fails, everything is undone, except for earlier
   * pushes if there are several repositories.
   * @param write - writes the files and the Location
   * @param options.onWarning - receives failures after the last push
   */
  async complete(
    write: () => Promise<Undo>,
    { signal, onWarning }: { signal: AbortSignal; onWarning: (message: string) => void },
  ): Promise<readonly Published[]> {
    const published: Published[] = [];
    const undo: Undo[] = [];
    try {
      undo.push(await write());
      const { file, location, targets } = this.location ?? { file: '', location: '', targets: [] };
      published.push(
        ...targets.map(target => ({ type: 'location', file, location, target }) as const),
      );
      for (const pending of this.#pending) {
        signal.throwIfAborted();
        undo.push(await this.#apply(pending, published));
      }
      for (const { commit, branch, push, made } of this.#pending) {
        if (!push) continue;
        await commit.push(push, signal);
        if (made) this.#empty.delete(made.remoteUrl);
        // After a push, local changes must stay in line with the remote.
        undo.length = 0;
        published.push({ type: 'push', remote: push.url, branch, commit: commit.hash });
      }
    } catch (error) {
      for (const one of undo.reverse()) {
        await one().catch(() => {
          // The first error is reported, and the rest is still undone.
        });
      }
      const isOut = published.some(({ type }) => type === 'push');
      if (!isOut) throw error;
      throw new PartlyPublishedError(errorMessage(error), published, { cause: error });
    }
    this.#opened.clear();
    for (const { made } of this.#pending) {
      await made?.afterPush?.(signal).catch((error: unknown) => onWarning(errorMessage(error)));
    }
    return published;
  }

  /**
   * Discards commits of all other steps, which will run again.
   * @param steps - ids
   */
  discardExcept(steps: ReadonlySet<string>): void {
    for (const { commit } of this.#pending.removeExcept(steps)) this.#store.delete(commit);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #apply(
    { commit, branch, initialize, isCheckedOut }: Pending,
    published: Published[],
  ): Promise<Undo> {
    const { folder, place } = this.#deps;
    const { hash } = commit;
    if (initialize) {
      const { source, remote } = initialize;
      const top = joinUri(folder, source);
      const undo = await commit.initialize(top, remote === undefined ? {} : { remote });
      published.push({ type: 'repository', folder: top, branch, commit: hash });
      return undo;
    }
    if (isCheckedOut && place?.type === 'branch') {
      const { repository } = place;
      const undo = await commit.checkOut();
      published.push({ type: 'branch', repository, branch, commit: hash });
      return undo;
    }
    return () => Promise.resolve();
  }

  #action(id: string, place: PublishPlace): ScaffolderAction {
    return {
      ...backstageSchema(id),
      handler: async context => {
        const step = readPublishStep(id, context, this.#deps.hosts);
        if (publishKind(id) === 'change') return this.#publishChange(step, place);
        const { remoteUrl, repoContentsUrl } = await this.#publishRepository(step, place);
        context.output('remoteUrl', remoteUrl);
        context.output('repoContentsUrl', repoContentsUrl);
        this.#contents.set(repoContentsUrl, step.source);
      },
    };
  }

  /** @returns the repository's URLs */
  async #publishRepository(step: PublishStep, place: PublishPlace): Promise<Addresses> {
    const { source, repository, context } = step;
    const { input, output, logger, signal } = context;
    const branch = checkedBranch(textInput(input, 'defaultBranch') ?? 'main');
    const message = textInput(input, 'gitCommitMessage') ?? 'Initial commit';
    const type = this.#deps.hosts.get(repository.host);
    const commitAll = (): Promise<PreparedCommit> =>
      this.#commit(step, { branch, message, base: { type: 'nothing' } });
    switch (place.type) {
      case 'folder': {
        const commit = await commitAll();
        this.#pending.add({ step: context.step.id, commit, branch, initialize: { source } });
        logger.info(`${shownFolder(source)} becomes a git repository with a commit on ${branch}`);
        return addressesOf(repository, { type, branch });
      }
      case 'branch': {
        await this.#prepareBranch(step, place, message);
        return addressesOf(repository, { type, branch });
      }
      case 'remote': {
        const { url } = place;
        this.#assertFirst(step);
        const { branches } = await this.#deps.git.readRemote({ url }, signal);
        if (branches.length > 0) {
          throw new InputError(`${url} is not empty. ${step.id} needs an empty repository`);
        }
        this.#addPush(step, { commit: await commitAll(), branch, remote: url, push: { url } });
        return { remoteUrl: url, repoContentsUrl: contentsUrl(url, branch) };
      }
      case 'forge': {
        const forge = await this.#openForge(step);
        // Finds invalid files before an empty repository is created.
        this.#pending.assertUnpublished(source);
        const commit = await commitAll();
        const request = { action: step.id, input, repository, logger };
        const made = await forge.createRepository(request, signal);
        const { remoteUrl: remote, pushUrl: url, skipsPush = false } = made;
        if (!skipsPush) {
          this.#empty.add(remote);
          const push = { url, authorization: forge.authorization };
          this.#addPush(step, { commit, branch, remote, push, made });
        }
        for (const [name, value] of Object.entries(made.output ?? {})) output(name, value);
        return made;
      }
    }
  }

  /** Adds a folder that becomes a repository and is pushed. */
  #addPush(
    { source, context }: PublishStep,
    { remote, ...commit }: Omit<Pending, 'step'> & { readonly remote: string },
  ): void {
    this.#pending.add({ ...commit, step: context.step.id, initialize: { source, remote } });
    context.logger.info(`Prepared a commit on ${commit.branch} to push to ${remote}`);
  }

  async #publishChange(step: PublishStep, place: PublishPlace): Promise<void> {
    const { context, repository, files, author } = step;
    const { input, output, logger, signal } = context;
    const message = textInput(input, 'commitMessage') ?? textInput(input, 'title') ?? 'A change';
    const named = branchInput(input);
    switch (place.type) {
      case 'folder':
        throw new InputError(
          `${step.id} changes an existing repository. Publish to a branch, a remote or its host`,
        );
      case 'branch': {
        if (removedFiles(input).length > 0) {
          throw new InputError(`${step.id} removes files. Publish to a remote or its host`);
        }
        await this.#prepareBranch(step, place, message);
        output('targetBranchName', place.branch);
        return output('remoteUrl', textInput(input, 'repoUrl') ?? '');
      }
      case 'remote': {
        const { url } = place;
        this.#assertFirst(step);
        const { head } = await this.#deps.git.readRemote({ url }, signal);
        const target =
          textInput(input, 'targetBranchName') ?? textInput(input, 'targetBranch') ?? head;
        if (target === undefined) {
          throw new InputError(`${url} is empty, so there is nothing to change`);
        }
        const base: CommitBase = { type: 'remote', remote: { url }, branch: checkedBranch(target) };
        const branch = checkedBranch(named ?? 'scaffolder');
        const commit = await this.#commit(step, { branch, message, base });
        this.#pending.add({ step: context.step.id, commit, branch, push: { url } });
        logger.info(`Prepared the branch ${branch} to push to ${url}. No pull request is opened`);
        output('targetBranchName', target);
        return output('remoteUrl', url);
      }
      case 'forge': {
        if (named !== undefined) checkedBranch(named);
        const forge = await this.#openForge(step);
        const request = { action: step.id, input, repository, logger, files, author };
        const pull = await forge.openPullRequest(request, signal);
        if (!pull) return;
        this.#opened.add(pull.remoteUrl);
        output('targetBranchName', pull.targetBranchName);
        output('remoteUrl', pull.remoteUrl);
        output('pullRequestNumber', pull.pullRequestNumber);
        for (const [name, value] of Object.entries(pull.output ?? {})) output(name, value);
      }
    }
  }

  /** Prepares a commit on a new branch of the local repository. */
  async #prepareBranch(
    step: PublishStep,
    { repository, branch }: Extract<PublishPlace, { type: 'branch' }>,
    message: string,
  ): Promise<void> {
    const { source, files, context } = step;
    this.#assertFirst(step);
    const isChange = publishKind(step.id) === 'change';
    if (isChange) this.#changed = new Map(files.map(({ path, ...file }) => [path, file]));
    const folder = joinUri(this.#deps.folder, isChange ? '' : source);
    const prefix = relativePath(repository, folder);
    if (prefix === undefined) throw new InputError(`${folder} is not in ${repository}`);
    const inRepository = files.map(file => ({ ...file, path: joinPath(prefix, file.path) }));
    const base = { type: 'checkout', folder: repository } as const;
    const request = { branch: checkedBranch(branch), message, base };
    const commit = await this.#commit({ ...step, files: inRepository }, request);
    this.#pending.add({ step: context.step.id, commit, branch, isCheckedOut: true });
    context.logger.info(`Prepared a commit on the branch ${branch} to check out`);
  }

  async #commit(
    { files, author, context }: PublishStep,
    request: { readonly branch: string; readonly message: string; readonly base: CommitBase },
  ): Promise<PreparedCommit> {
    const { git } = this.#deps;
    const removed = removedFiles(context.input);
    const commit = await git.prepare({ ...request, files, removed, author }, context.signal);
    this.#store.add(commit);
    context.output('commitHash', commit.hash);
    return commit;
  }

  #assertFirst({ id }: PublishStep): void {
    if (this.#pending.isEmpty) return;
    throw new InputError(`${id} can't publish to the same place as an earlier step`);
  }

  async #openForge({ repository, id, context }: PublishStep): Promise<Forge> {
    const { hosts, mayPublish } = this.#deps;
    const target = publishTarget({ id, repository, input: context.input }, hosts);
    if (mayPublish && !mayPublish(target)) {
      const place = target.branch === undefined ? '' : `the branch ${target.branch} of `;
      throw new InputError(
        `${id} publishes to ${place}${target.repository}, which was not confirmed`,
      );
    }
    const { host } = repository;
    const forge = await this.#deps.forges.open(host, context.signal);
    if (forge) return forge;
    throw new InputError(
      `${id} has no access to ${host}. Publish to a folder, a branch or a remote instead`,
    );
  }

  #pathOf(url: string): string | undefined {
    for (const [contents, source] of this.#contents) {
      if (url.startsWith(`${contents}/`)) return joinPath(source, url.slice(contents.length + 1));
    }
    return undefined;
  }
}

interface Addresses {
  readonly remoteUrl: string;
  readonly repoContentsUrl: string;
}
