import { dirnameUri, joinUri } from '../../../base';
import type { FileSystem } from '../ports';

/** Returns the URI of the git repository that contains a folder. */
export async function enclosingRepository(
  folder: string,
  fileSystem: FileSystem,
): Promise<string | undefined> {
  // In a worktree or submodule `.git` is a file.
  if (await fileSystem.stat(joinUri(folder, '.git'))) return folder;
  const parent = dirnameUri(folder);
  return parent === folder ? undefined : enclosingRepository(parent, fileSystem);
}
