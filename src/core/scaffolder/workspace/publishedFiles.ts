import { isOfGit } from '../../../base';
import { NotAllowedError } from './fileErrors';
import type { MemoryWorkspace, TaskFile } from './memoryWorkspace';

/**
 * The files of a task that leave it. As with Backstage's dry run, the folder `.git` at the top stays behind;
 * another that git would take for a repository is refused, as programs that its config names would be run there.
 *
 * @throws NotAllowedError
 */
export function publishedFiles(workspace: MemoryWorkspace): ReadonlyMap<string, TaskFile> {
  const files = new Map<string, TaskFile>();
  for (const [path, file] of workspace.files()) {
    if (path === '.git' || path.startsWith('.git/')) continue;
    if (isOfGit(path)) {
      throw new NotAllowedError(`A template must not write into a git repository: ${path}`);
    }
    files.set(path, file);
  }
  return files;
}
