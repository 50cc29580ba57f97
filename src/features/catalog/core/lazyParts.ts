import { lazyService } from '../../../base';
import type { FileSelector, FileSelectorDeps } from './discovery/fileSelector';

// Modules that few callers need: the YAML parser and the glob matcher are loaded with the first
// call.

/** Functions for app-config files and their scaffolder settings. */
export const appConfigs = lazyService(() => import('./configuredBackstage/config/appConfigFile'));

/** Resolution of placeholders with local files. */
export const placeholders = lazyService(() => import('./processing/placeholders'));

export async function openFileSelector(deps: FileSelectorDeps): Promise<FileSelector> {
  const { FileSelector } = await import('./discovery/fileSelector');
  return new FileSelector(deps);
}
