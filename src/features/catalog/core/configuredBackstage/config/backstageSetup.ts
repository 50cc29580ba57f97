import { dirnameUri, joinUri } from '../../../../../base';
import type { Environment, FileSystem } from '../../../../../platform/core/ports';

/** What a Backstage is started with, as far as it decides what the catalog holds. */
export interface BackstageSetup {
  /** URIs of app-config files, each laid over the ones before. */
  readonly configs: readonly string[];
  /** URIs of files to read besides, as locations that may bring every kind. */
  readonly locations: readonly string[];
  /**
   * URI of the folder that the server runs in, which relative targets start from. Else it is
   * `packages/backend` beside the first config, or the folder of that config.
   */
  readonly backendFolder?: string;
  /** Whether the module for AI models is installed. */
  readonly aiModel: boolean;
  /** The server's environment variables. */
  readonly environment: Environment;
  /** URIs of the only folders that may be read; undefined: a target can lead anywhere. */
  readonly confinedTo?: readonly string[];
}

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
