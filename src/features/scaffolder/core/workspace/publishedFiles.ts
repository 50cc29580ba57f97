import type { TaskWorkspace } from '../../../../api';
import { isOfGit } from '../../../../base';
import { NotAllowedError } from '../../../scm/core/forgeFiles';
import type { TaskFile } from './memoryWorkspace';

/**
 * The files of a task that leave it. As with Backstage's dry run, the folder `.git` at the top stays behind;
 * another that git would take for a repository is refused, as programs that its config names would be run there.
 *
 * @param folder - where they lie; their paths are those in the workspace all the same
 * @throws NotAllowedError
 */
export function publishedFiles(
  workspace: TaskWorkspace,
  folder = '',
): ReadonlyMap<string, TaskFile> {
  const files = new Map<string, TaskFile>();
  for (const { path: below, isDirectory } of workspace.entries(folder)) {
    const path = folder === '' ? below : `${folder}/${below}`;
    if (isDirectory || path === '.git' || path.startsWith('.git/')) continue;
    if (isOfGit(path)) {
      throw new NotAllowedError(`A template must not write into a git repository: ${path}`);
    }
    files.set(path, {
      content: workspace.readFile(path),
      isExecutable: workspace.isExecutable(path),
    });
  }
  return files;
}
