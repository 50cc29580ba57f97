import type { TaskWorkspace } from '../../../../api';
import { joinPath } from '../../../scm/core/forgeFiles';
import type { SourceEntry } from '../sources/templateSources';

/**
 * Puts files into the workspace, in the place of those that are there.
 *
 * Source: `copy` of fs-extra, messages included.
 *
 * @param target - resolved, `''` for the workspace itself
 */
export function copyTree(
  entries: readonly SourceEntry[],
  workspace: TaskWorkspace,
  target: string,
): void {
  const place = (path: string): string => joinPath(workspace.path, path);
  const isFile = entries.length === 1 && entries[0]?.path === '';
  if (!isFile) workspace.makeDirectory(target);
  for (const { path, content, isExecutable, origin } of entries) {
    const destination = joinPath(target, path);
    const isThere = workspace.has(destination);
    const isFolderThere = workspace.isDirectory(destination);
    if (content && isFolderThere) {
      throw new Error(
        `Cannot overwrite directory '${place(destination)}' with non-directory '${origin}'.`,
      );
    }
    if (!content && isThere && !isFolderThere) {
      throw new Error(
        `Cannot overwrite non-directory '${place(destination)}' with directory '${origin}'.`,
      );
    }
    if (content) workspace.writeFile(destination, content, { isExecutable });
    else workspace.makeDirectory(destination);
  }
}
