import { dirnameUri, joinUri } from '../../../../../base';
import type { FileSystem } from '../../../../../platform/core/ports';
import type { BackstageSetup } from './backstageSetup';

/** The folder that the server runs in, as `yarn start` in a repository of Backstage has it. */
export async function backendFolderOf(
  {
    backendFolder,
    configs,
    locations,
  }: Pick<BackstageSetup, 'backendFolder' | 'configs' | 'locations'>,
  fileSystem: FileSystem,
): Promise<string> {
  if (backendFolder !== undefined) return backendFolder;
  const [first] = [...configs, ...locations];
  const folder = dirnameUri(first ?? 'file:///callboard');
  const backend = joinUri(folder, 'packages/backend');
  // What is out of reach does as little as what is not there.
  const stat = await fileSystem.stat(backend).catch(() => undefined);
  return stat?.type === 'directory' ? backend : folder;
}
