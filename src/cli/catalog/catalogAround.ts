import { dirnameUri, joinUri } from '../../base';
import { openFileSelector, readCatalogOptions } from '../../features/catalog/core';
import { enclosingRepository } from '../../platform/core/files';
import type { CommandContext } from '../command';
import { quietSettings, settingsOfFolders } from './folderSettings';

/**
 * Finds the root folder of the catalog that a folder belongs to: its git repository, or a folder in between whose
 * `.vscode/settings.json` has Callboard settings, as one would open it in the editor. A folder that is excluded there,
 * such as one ignored by git, is a catalog of its own.
 *
 * @param repository - URI of the folder's git repository, if the file system can't tell
 * @returns a URI; that of the folder itself if no other root is found
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
    repository: repository ?? (await enclosingRepository(root, fileSystem)),
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
