import { lazyService } from '../../../base';
import type { CustomKind } from '../../../model';
import type { KindRegistry } from '../../../model/validation';
import type { FileSelector, FileSelectorDeps } from './discovery/fileSelector';
import type { ModelData } from './modelLayers/modelData';

// Modules that few callers need: the YAML parser and the glob matcher are loaded with the first
// call.

/** Functions for app-config files. */
export const appConfigs = lazyService(() => import('./configuredBackstage/config/appConfigFile'));

/** Resolution of placeholders with local files. */
export const placeholders = lazyService(() => import('./processing/placeholders'));

export async function openFileSelector(deps: FileSelectorDeps): Promise<FileSelector> {
  const { FileSelector } = await import('./discovery/fileSelector');
  return new FileSelector(deps);
}

/** Returns the kinds of a catalog with custom kinds and layers. */
export async function openKinds(
  model: ModelData,
  options: { readonly customKinds: readonly CustomKind[] },
): Promise<KindRegistry> {
  const { openKinds: open } = await import('./modelLayers/openKinds');
  return open(model, options);
}
