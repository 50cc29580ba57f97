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
    const segments = path.split('/');
    if (segments[0] === '.git') continue;
    if (segments.some(isGitFolder)) {
      throw new NotAllowedError(`A template must not write into a git repository: ${path}`);
    }
    files.set(path, file);
  }
  return files;
}

/** As file systems may read a name: whatever its case, with dots or blanks behind it, or cut short. */
function isGitFolder(name: string): boolean {
  return /^(\.git|git~\d+)[. ]*$/i.test(name);
}
