import { lazyService } from '../../../base';
import type { FileSelector, FileSelectorDeps } from './discovery/fileSelector';

// Parts that few need: the parser of YAML and the matcher of globs are loaded with the first call.

/** Functions for app-config files and for the scaffolder's part of them. */
export const appConfigs = lazyService(() => import('./configuredBackstage/config/appConfigFile'));

/** Replaces placeholders by what lies on this machine. */
export const placeholders = lazyService(() => import('./processing/placeholders'));

export async function openFileSelector(deps: FileSelectorDeps): Promise<FileSelector> {
  const { FileSelector } = await import('./discovery/fileSelector');
  return new FileSelector(deps);
}
