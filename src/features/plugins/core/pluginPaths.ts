import { isWithin, joinUri } from '../../../base';
import type { FileSystem } from '../../../platform/core/ports';

/** Files of a workspace folder that contain a plugin without code; the first one that exists is used. */
export const PLUGIN_PATHS = [
  '.callboard/plugin.yaml',
  '.callboard/plugin.yml',
  '.callboard/plugin.json',
] as const;

/** File of a workspace folder that names other plugins. */
export const CONFIG_PATH = '.callboard/config.yaml';

const ALL_PATHS = [...PLUGIN_PATHS, CONFIG_PATH];

/** Returns the URIs of files that may declare plugins. */
export function declarationsIn(roots: readonly string[]): readonly string[] {
  return roots.flatMap(root => ALL_PATHS.map(path => joinUri(root, path)));
}

/** Whether a workspace folder may have plugins without code. */
export async function mayDeclarePlugins(
  roots: readonly string[],
  fileSystem: Pick<FileSystem, 'stat'>,
): Promise<boolean> {
  const found = await Promise.all(
    declarationsIn(roots).map(uri => fileSystem.stat(uri).catch(() => undefined)),
  );
  return found.some(Boolean);
}

/** Whether a changed file or folder may declare plugins of a workspace folder. */
export function touchesDeclaration(roots: readonly string[], uri: string): boolean {
  return declarationsIn(roots).some(file => isWithin(uri, file));
}
