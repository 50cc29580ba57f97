import type { FileSystem } from '../../../platform/core/ports';
import type { FoundPluginLayers } from './declarative';
import { declarationsIn, mayDeclarePlugins } from './pluginPaths';

export type { FoundPluginLayers } from './declarative';

/** Finds the layers of the plugins of workspace folders (URIs), and of those that the user installed or named. */
export type FindPluginLayers = (roots: readonly string[]) => Promise<FoundPluginLayers>;

/**
 * Finds the layers of the catalog model that plugins declare: first those of workspace folders, then those of
 * `folders`, which are those of extensions and others that the user names. All are URIs.
 */
export async function findPluginLayers(
  roots: readonly string[],
  folders: readonly string[],
  fileSystem: FileSystem,
): Promise<FoundPluginLayers> {
  if (folders.length || (await mayDeclarePlugins(roots, fileSystem))) {
    const { readPluginLayers } = await import('./declarative');
    return readPluginLayers(roots, folders, fileSystem);
  }
  return { plugins: [], fileSystem, dependencies: declarationsIn(roots) };
}
