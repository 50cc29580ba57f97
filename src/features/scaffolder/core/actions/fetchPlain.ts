import type { ScaffolderAction, TaskWorkspace } from '../../../../api';
import { fileError, joinPath, parentPath } from '../../../scm/core/forgeFiles';
import type { SourceEntry, TemplateSources } from '../sources/templateSources';
import { backstageAction, textInput } from './inputs';

/** Source: `createFetchPlainAction`. */
export function fetchPlain(sources: TemplateSources): ScaffolderAction {
  return backstageAction(
    'fetch:plain',
    async ({ input, workspace, logger, templateInfo, signal }) => {
      logger.info('Fetching plain content from remote URL');
      const target = workspace.resolve(textInput(input, 'targetPath') ?? './');
      const url = textInput(input, 'url') ?? '.';
      const options = { signal, token: textInput(input, 'token') };
      copyTree(await sources.readTree(url, templateInfo.baseUrl, options), workspace, target);
    },
  );
}

/** Source: `createFetchPlainFileAction`. Unlike with other actions, the target folder must exist. */
export function fetchPlainFile(sources: TemplateSources): ScaffolderAction {
  return backstageAction(
    'fetch:plain:file',
    async ({ input, workspace, logger, templateInfo, signal }) => {
      logger.info('Fetching plain content from remote URL');
      const target = workspace.resolve(textInput(input, 'targetPath') ?? '');
      const destination = joinPath(workspace.path, target);
      const url = textInput(input, 'url') ?? '.';
      const file = await sources.readFile(url, templateInfo.baseUrl, destination, {
        signal,
        token: textInput(input, 'token'),
      });
      if (!workspace.isDirectory(parentPath(target))) {
        throw fileError('ENOENT', 'copyfile', file.origin, destination);
      }
      if (workspace.isDirectory(target)) {
        throw fileError('EISDIR', 'copyfile', file.origin, destination);
      }
      workspace.writeFile(target, file.content, { isExecutable: file.isExecutable });
    },
  );
}

/**
 * Copies files into the workspace and overwrites existing ones. Source: `copy` of fs-extra, messages included.
 * @param target - resolved, `''` for the workspace itself
 */
function copyTree(entries: readonly SourceEntry[], workspace: TaskWorkspace, target: string): void {
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
