import type { ScaffolderActionContext } from '../../../../api';
import { isOfGit } from '../../../../base';
import type { JsonObject } from '../../../../model';
import type { CommittedFile, GitAuthor } from '../../../../platform/core/ports';
import { InputError, joinPath } from '../../../scm/core/forgeFiles';
import { parseRepoUrl, type RepoHosts, type RepoSpec } from '../../../scm/core/forges';
import { textInput } from '../actions/inputs';
import { committedFiles } from './committedFiles';
import { isBranchName } from './gitNames';

/** What a step says that publishes, whatever its host. */
export interface PublishStep {
  readonly id: string;
  readonly context: ScaffolderActionContext;
  readonly repository: RepoSpec;
  /** The folder of the task that is published, `''` for all of it. */
  readonly source: string;
  /** Its files, by paths in the repository. */
  readonly files: readonly CommittedFile[];
  readonly author: GitAuthor | undefined;
}

/** @throws InputError, and what paths are refused with */
export function readPublishStep(
  id: string,
  context: ScaffolderActionContext,
  hosts: RepoHosts,
): PublishStep {
  const { input, workspace } = context;
  const source = workspace.resolve(textInput(input, 'sourcePath') ?? '.');
  const target = targetOf(input);
  // A GitLab can be asked for a project alone.
  const isWanted = input['sourcePath'] !== false;
  return {
    id,
    context,
    source,
    repository: parseRepoUrl(textInput(input, 'repoUrl') ?? '', hosts),
    files: (isWanted ? committedFiles(workspace, source) : []).map(file => ({
      ...file,
      path: joinPath(target, file.path),
    })),
    author: authorOf(input),
  };
}

/** Where a change puts its files, from the top of the repository. @throws InputError */
function targetOf(input: JsonObject): string {
  const path = textInput(input, 'targetPath') ?? '';
  return checkedPath(path, 'targetPath');
}

/** Files that a change takes away. @throws InputError */
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
  if (isOfGit(path)) {
    throw new InputError(`Invalid ${name} '${path}': it leads into the repository itself`);
  }
  return parts.join('/');
}

function authorOf(input: JsonObject): GitAuthor | undefined {
  const name = textInput(input, 'gitAuthorName');
  const email = textInput(input, 'gitAuthorEmail');
  if (!name && !email) return undefined;
  return { name: name || 'Scaffolder', email: email || 'scaffolder@backstage.io' };
}

/** @throws InputError for what git would not take for a branch */
export function checkedBranch(name: string): string {
  if (isBranchName(name)) return name;
  throw new InputError(`${JSON.stringify(name)} is no name of a branch`);
}
