import type { FileSystem } from '../../../../platform/core/ports';
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

/** Reads the declarations of plugins for `findPluginLayers`. */
export async function readPluginLayers(
  roots: readonly string[],
  folders: readonly string[],
  fileSystem: FileSystem,
): Promise<FoundPluginLayers> {
  const files = new PluginFiles(fileSystem);
  for (const root of roots) await files.readRoot(root);
  for (const folder of folders) await files.readFolder(folder, 'extension');
  const plugins = files.plugins.flatMap(({ declaration: { model = [] }, folder }) =>
    model.length ? [{ folder, patterns: model }] : [],
  );
  return { plugins, fileSystem, dependencies: files.dependencies };
}
