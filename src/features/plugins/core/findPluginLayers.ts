import type { FoundPluginLayers, PluginLayersDeps } from './declarative';
import { declarationsIn, mayDeclarePlugins } from './pluginPaths';

export type { DescribedAction, FoundPluginLayers } from './declarative';

/** Finds the layers and actions of the plugins of workspace folders (URIs), and of those that the user installed or named. */
export type FindPluginLayers = (roots: readonly string[]) => Promise<FoundPluginLayers>;

/**
 * Finds the layers of the catalog model and the actions of templates that enabled plugins declare: first those of
 * workspace folders (URIs), then those of other folders.
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
  const dependencies = declarationsIn(roots);
  return { plugins: [], actions: [], fileSystem, dependencies, problems: [], missing: [] };
}
