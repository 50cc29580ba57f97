import { dirnameUri, joinUri } from '../../base';
import { openFileSelector, readCatalogOptions } from '../../features/catalog/core';
import { repositoryAround } from '../../platform/core/files';
import type { CommandContext } from '../command';
import { quietSettings, settingsOfFolders } from './folderSettings';

/**
 * Finds the folder that makes the catalog which a folder belongs to: the git repository around it, or a folder on the
 * way there whose `.vscode/settings.json` has settings of Callboard, as one opens it in the editor. A folder that is
 * left out there, such as one that git ignores, is a catalog by itself.
 *
 * @param repository - URI of the git repository around the folder, where the file system does not tell
 * @returns a URI; that of the folder itself where nothing is around it
 */
export async function catalogAround(
  folder: string,
  context: CommandContext,
  repository?: string,
): Promise<string> {
  const { fileSystem } = context;
  const root = await rootAround(folder, repository, context);
  if (root === undefined || root === folder) return folder;
  const { include, exclude, filesExclude } = readCatalogOptions(
    await quietSettings(root, context),
  ).options;
  const selector = await openFileSelector({
    fileSystem,
    root,
    repository: repository ?? (await repositoryAround(root, fileSystem)),
    options: { include, exclude: [...exclude, ...filesExclude] },
  });
  return (await selector.selectsFolder(folder)) ? root : folder;
}

async function rootAround(
  folder: string,
  repository: string | undefined,
  context: CommandContext,
): Promise<string | undefined> {
  const { fileSystem } = context;
  if (folder === repository || (await fileSystem.stat(joinUri(folder, '.git')))) return folder;
  if ((await settingsOfFolders([folder], context, () => {})).isConfigured) return folder;
  const parent = dirnameUri(folder);
  return parent === folder ? undefined : rootAround(parent, repository, context);
}
