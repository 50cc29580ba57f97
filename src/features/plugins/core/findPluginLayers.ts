import type { FoundPluginLayers, PluginLayersDeps } from './declarative';
import { declarationsIn, mayDeclarePlugins } from './pluginPaths';

export type { FoundPluginLayers } from './declarative';

/** Finds the layers of the plugins of workspace folders (URIs), and of those that the user installed or named. */
export type FindPluginLayers = (roots: readonly string[]) => Promise<FoundPluginLayers>;

/**
 * Finds the layers of the catalog model that enabled plugins declare: first those of workspace folders (URIs), then
 * those of other folders.
 */
export async function findPluginLayers(
  roots: readonly string[],
  deps: PluginLayersDeps,
): Promise<FoundPluginLayers> {
  const { folders, fileSystem } = deps;
  if (folders.length || (await mayDeclarePlugins(roots, fileSystem))) {
    const { readPluginLayers } = await import('./declarative');
    return readPluginLayers(roots, deps);
  }
  return { plugins: [], fileSystem, dependencies: declarationsIn(roots) };
}
