import { dirnameUri, joinUri } from '../../../../../base';
import type { Environment, FileSystem } from '../../../../../platform/core/ports';

/** Setup of a Backstage, as far as it determines the catalog's contents. */
export interface BackstageSetup {
  /** URIs of app-config files; later ones override earlier ones. */
  readonly configs: readonly string[];
  /** URIs of additional files, as locations that may contain all kinds. */
  readonly locations: readonly string[];
  /**
   * URI of the folder that the server runs in and relative targets start from. Default:
   * `packages/backend` beside the first config, or the config's folder.
   */
  readonly backendFolder?: string;
  /** Whether the AI model module is installed. */
  readonly aiModel: boolean;
  /** The server's environment variables. */
  readonly environment: Environment;
  /** URIs of the only readable folders; undefined: no limit. */
  readonly confinedTo?: readonly string[];
}

/** Returns the folder that the server runs in, as with `yarn start` in a Backstage repository. */
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
  // An inaccessible folder counts as missing.
  const stat = await fileSystem.stat(backend).catch(() => undefined);
  return stat?.type === 'directory' ? backend : folder;
}
