import type { ScaffolderActionContext, TaskWorkspace } from '../../../../api';
import { isGitPath } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { type IgnoreRules, readIgnoreRules } from '../../../../platform/core/globs';
import type {
  CommittedFile,
  GitAuthor,
  GitRemote,
  PreparedCommit,
} from '../../../../platform/core/ports';
import { InputError, joinPath } from '../../../scm/core/forgeFiles';
import {
  type ForgeRepository,
  parseRepoUrl,
  type RepoHosts,
  type RepoSpec,
} from '../../../scm/core/forges';
import { textInput } from '../actions/inputs';
import { publishedFiles } from '../workspace/memoryWorkspace';
import { isBranchName } from './publishPlace';

/** Input of a publishing step on any host. */
export interface PublishStep {
  readonly id: string;
  readonly context: ScaffolderActionContext;
  readonly repository: RepoSpec;
  /** The folder of the task to publish. `''` for the whole workspace. */
  readonly source: string;
  /** Files by path in the repository. */
  readonly files: readonly CommittedFile[];
  readonly author: GitAuthor | undefined;
}

/** @throws InputError, and errors of unsafe paths */
export function readPublishStep(
  id: string,
  context: ScaffolderActionContext,
  hosts: RepoHosts,
): PublishStep {
  const { input, workspace } = context;
  const source = workspace.resolve(textInput(input, 'sourcePath') ?? '.');
  const target = targetOf(input);
  // GitLab can create a project without files.
  const hasFiles = input['sourcePath'] !== false;
  return {
    id,
    context,
    source,
    repository: parseRepoUrl(textInput(input, 'repoUrl') ?? '', hosts),
    files: (hasFiles ? committedFiles(workspace, source) : []).map(file => ({
      ...file,
      path: joinPath(target, file.path),
    })),
    author: authorOf(input),
  };
}

/**
 * Target folder of a change in the repository.
 * @throws InputError
 */
function targetOf(input: JsonObject): string {
  return checkedPath(textInput(input, 'targetPath') ?? '', 'targetPath');
}

/**
 * Files that a change removes.
 * @throws InputError
 */
export function removedFiles(input: JsonObject): readonly string[] {
  const paths = input['filesToDelete'];
  return (Array.isArray(paths) ? paths : []).map(path =>
    joinPath(
      targetOf(input),
      checkedPath(typeof path === 'string' ? path : '', 'filesToDelete entry'),
    ),
  );
}

/** Source: `assertValidTargetPath` of the module for GitHub, message included. */
function checkedPath(path: string, name: string): string {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  if (path.startsWith('/') || parts.includes('..')) {
    throw new InputError(
      `Invalid ${name} '${path}': must be a relative path within the target repository, without '..' segments`,
    );
  }
  if (isGitPath(path)) {
    throw new InputError(`Invalid ${name} '${path}': it is inside the repository's own data`);
  }
  return parts.join('/');
}

function authorOf(input: JsonObject): GitAuthor | undefined {
  const name = textInput(input, 'gitAuthorName');
  const email = textInput(input, 'gitAuthorEmail');
  if (!name && !email) return undefined;
  return { name: name || 'Scaffolder', email: email || 'scaffolder@backstage.io' };
}

/** @throws InputError for an invalid branch name */
export function checkedBranch(name: string): string {
  if (isBranchName(name)) return name;
  throw new InputError(`${JSON.stringify(name)} is not a valid branch name`);
}

/**
 * Files of a task's folder to commit, without those that its `.gitignore` files exclude. Paths are relative to
 * the folder.
 * @param folder - relative to the workspace, `''` for all of it
 * @throws NotAllowedError
 */
export function committedFiles(workspace: TaskWorkspace, folder: string): readonly CommittedFile[] {
  const start = folder === '' ? 0 : folder.length + 1;
  const files = [...publishedFiles(workspace, folder)].map(([path, file]) => ({
    path: path.slice(start),
    ...file,
  }));
  const rules = new Map(
    files.flatMap(({ path, content }): [string, IgnoreRules][] =>
      /(^|\/)\.gitignore$/.test(path)
        ? [[path.slice(0, -'.gitignore'.length), rulesOf(content)]]
        : [],
    ),
  );
  return rules.size === 0 ? files : files.filter(({ path }) => !isIgnored(path, rules));
}

function rulesOf(content: Uint8Array): IgnoreRules {
  return readIgnoreRules(new TextDecoder().decode(content));
}

/** @param rules - by folder, with a trailing slash */
function isIgnored(path: string, rules: ReadonlyMap<string, IgnoreRules>): boolean {
  // Files in an ignored folder can't be included again.
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    if (isIgnoredByRules(path.slice(0, end + 1), rules)) return true;
  }
  return isIgnoredByRules(path, rules);
}

/** Whether the nearest matching rule ignores a path. Folders end with a slash. */
function isIgnoredByRules(path: string, rules: ReadonlyMap<string, IgnoreRules>): boolean {
  const isFolder = path.endsWith('/');
  const own = path.replace(/\/$/, '');
  let folder = own;
  do {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    const match = rules.get(folder)?.match(own.slice(folder.length), isFolder);
    if (match) return match === 'ignored';
  } while (folder !== '');
  return false;
}

/** A prepared commit and its pending changes. */
export interface Pending {
  /** Id of the step that prepared it. */
  readonly step: string;
  readonly commit: PreparedCommit;
  readonly branch: string;
  /** Folder of the task that becomes a repository. */
  readonly initialize?: { readonly source: string; readonly remote?: string };
  readonly isCheckedOut?: boolean;
  readonly push?: GitRemote;
  /** The repository to push to, if a git host created it. */
  readonly made?: ForgeRepository;
}

/** Prepared commits in the order of their steps. */
export class PendingCommits implements Iterable<Pending> {
  #all: readonly Pending[] = [];

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  [Symbol.iterator](): Iterator<Pending> {
    return this.#all[Symbol.iterator]();
  }

  /** @throws InputError if its folder is already published */
  add(pending: Pending): void {
    const source = pending.initialize?.source;
    if (source !== undefined) this.assertUnpublished(source);
    this.#all = [...this.#all, pending];
  }

  /**
   * @param source - a folder of the task
   * @throws InputError if it overlaps a published folder
   */
  assertUnpublished(source: string): void {
    const isTaken = this.#all.some(
      ({ initialize }) => initialize && isNested(initialize.source, source),
    );
    if (isTaken)
      throw new InputError(`${shownFolder(source)} is already published by another step`);
  }

  /**
   * @param steps - ids of steps whose commits stay
   * @returns the removed commits
   */
  removeExcept(steps: ReadonlySet<string>): readonly Pending[] {
    const taken = this.#all.filter(({ step }) => !steps.has(step));
    this.#all = this.#all.filter(({ step }) => steps.has(step));
    return taken;
  }
}

function isNested(one: string, other: string): boolean {
  const contains = (outer: string, inner: string): boolean =>
    outer === '' || inner === outer || inner.startsWith(`${outer}/`);
  return contains(one, other) || contains(other, one);
}

/** @param source - `''` for the whole workspace */
export function shownFolder(source: string): string {
  return source === '' ? 'The folder' : `The folder ${source}`;
}
