import type { TaskWorkspace } from '../../../../api';
import { errorMessage, isRecord } from '../../../../base';
import type { JsonValue } from '../../../../model';
import { fileError, InputError, joinPath } from '../../../scm/core/forgeFiles';
import { globPaths } from './globFiles';
import { backstageAction, flagInput, listInput, pathsInput } from './inputs';

/** Backstage deletes by absolute patterns, which never begin with `!`. */
const ROOT = '/workspace';

/** Source: `createFilesystemDeleteAction`, which deletes files but not folders. */
export const deleteFiles = backstageAction('fs:delete', ({ input, workspace, logger }) => {
  for (const written of pathsInput(input, 'files')) {
    const pattern = joinPath(ROOT, workspace.resolve(written)).replaceAll('\\', '/');
    const entries = [...workspace.entries()];
    const folders = entries.filter(({ isDirectory }) => isDirectory);
    const absoluteFolders = new Set([ROOT, ...folders.map(({ path }) => joinPath(ROOT, path))]);
    const tree = {
      entries: entries.map(entry => ({ ...entry, path: joinPath(ROOT, entry.path) })),
      isDirectory: (path: string) => absoluteFolders.has(path),
    };
    for (const found of globPaths([pattern], tree, { onlyFiles: true })) {
      const path = found.slice(ROOT.length + 1);
      workspace.remove(path);
      logger.info(`File ${joinPath(workspace.path, path)} deleted successfully`);
    }
  }
});

/** Source: `createFilesystemRenameAction`, and `move` of fs-extra. */
export const renameFiles = backstageAction('fs:rename', ({ input, workspace, logger }) => {
  for (const file of listInput(input, 'files') ?? []) {
    const { from, to, overwrite } = isRecord(file) ? file : {};
    if (typeof from !== 'string' || typeof to !== 'string' || from === '' || to === '') {
      throw new InputError('each file must have a from and to property');
    }
    const source = workspace.resolve(from);
    const target = workspace.resolve(to);
    const places = [joinPath(workspace.path, source), joinPath(workspace.path, target)] as const;
    try {
      move(workspace, { source, target, overwrite: overwrite === true });
    } catch (error) {
      logger.error(`Failed to rename file ${places[0]} to ${places[1]}: ${errorMessage(error)}`);
      throw error;
    }
    logger.info(`File ${places[0]} renamed to ${places[1]} successfully`);
  }
});

function move(
  workspace: TaskWorkspace,
  { source, target, overwrite }: { source: string; target: string; overwrite: boolean },
): void {
  const from = joinPath(workspace.path, source);
  const to = joinPath(workspace.path, target);
  if (!workspace.has(source)) throw fileError('ENOENT', 'lstat', from);
  if (source === target) throw new Error('Source and destination must not be the same.');
  const isFolder = workspace.isDirectory(source);
  if (workspace.has(target)) {
    const isFolderThere = workspace.isDirectory(target);
    if (isFolder && !isFolderThere) {
      throw new Error(`Cannot overwrite non-directory '${to}' with directory '${from}'.`);
    }
    if (!isFolder && isFolderThere) {
      throw new Error(`Cannot overwrite directory '${to}' with non-directory '${from}'.`);
    }
  }
  if (isFolder && (source === '' || target.startsWith(`${source}/`))) {
    throw new Error(`Cannot move '${from}' to a subdirectory of itself, '${to}'.`);
  }
  if (workspace.has(target)) {
    if (!overwrite) throw new Error('dest already exists.');
    workspace.remove(target);
  }
  workspace.move(source, target);
}

/** Source: `createFilesystemReadDirAction`, in the order in which Node reads nested folders. */
export const readFolders = backstageAction('fs:readdir', ({ input, workspace, output }) => {
  const files: JsonValue[] = [];
  const folders: JsonValue[] = [];
  for (const written of pathsInput(input, 'paths')) {
    const waiting = [workspace.resolve(written)];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      for (const { name, isDirectory } of workspace.list(folder)) {
        const path = joinPath(folder, name);
        const entry = { name, path, fullPath: joinPath(workspace.path, path) };
        (isDirectory ? folders : files).push(entry);
        if (isDirectory && flagInput(input, 'recursive')) waiting.push(path);
      }
    }
  }
  output('files', files);
  output('folders', folders);
});
