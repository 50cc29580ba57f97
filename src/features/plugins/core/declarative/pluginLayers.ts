import type { FileSystem } from '../../../../platform/core/ports';
import type { PluginChoices } from '../permissions/pluginChoices';
import { PluginFiles } from './pluginFiles';

/** Layers that a plugin declares. */
export interface PluginLayers {
  /** URI of the folder that the patterns are relative to. */
  readonly folder: string;
  /** Paths or globs. */
  readonly patterns: readonly string[];
}

/** The layers of plugins. */
export interface FoundPluginLayers {
  readonly plugins: readonly PluginLayers[];
  /** Reads the folders, some of which may be in archives. */
  readonly fileSystem: FileSystem;
  /** URIs of files whose changes can change the layers. */
  readonly dependencies: Iterable<string>;
}

/** Where to find plugins with layers. */
export interface PluginLayersDeps {
  /** URIs of the folders of extensions, and of others that the user names. */
  readonly folders: readonly string[];
  readonly fileSystem: FileSystem;
  /** Loads the user's decisions; without them, no plugin is disabled. */
  readonly loadChoices?: (() => Promise<Pick<PluginChoices, 'isDisabled'>>) | undefined;
}

/** Reads the declarations of plugins for `findPluginLayers`. */
export async function readPluginLayers(
  roots: readonly string[],
  { folders, fileSystem, loadChoices }: PluginLayersDeps,
): Promise<FoundPluginLayers> {
  const files = new PluginFiles(fileSystem);
  for (const root of roots) await files.readRoot(root);
  for (const folder of folders) await files.readFolder(folder, 'extension');
  const ids = new Set<string>();
  const layered = files.plugins.filter(({ declaration: { id, model = [] } }) => {
    const isFirst = !ids.has(id);
    ids.add(id);
    return isFirst && model.length > 0;
  });
  const choices = layered.length > 0 ? await loadChoices?.() : undefined;
  const plugins = layered.flatMap(({ declaration: { id, model = [] }, folder, origin }) =>
    choices?.isDisabled({ id, origin, extension: undefined }) ? [] : [{ folder, patterns: model }],
  );
  return { plugins, fileSystem, dependencies: files.dependencies };
}
