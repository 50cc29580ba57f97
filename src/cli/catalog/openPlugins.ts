import { resolve } from 'node:path';
import { errorMessage } from '../../base';
import type { CatalogEngine } from '../../features/catalog/core';
import { mayDeclarePlugins } from '../../features/plugins/core';
import type { HeadlessPlugins } from '../../features/plugins/core/declarative';
import { pathToFileUri } from '../../platform/node';
import { type CommandContext, UsageError } from '../command';
import { terminalLogger } from '../terminal';

/**
 * Opens the plugins without code of some folders, of the packages that they name, and of `--plugin`.
 * The caller disposes them.
 *
 * @param roots - URIs of folders
 * @returns undefined if there are none
 * @throws UsageError if there is no plugin in a place of `--plugin`
 */
export async function openPlugins(
  catalog: CatalogEngine,
  roots: readonly string[],
  context: CommandContext,
): Promise<HeadlessPlugins | undefined> {
  const { plugins: named = [], clock, cwd, terminal } = context;
  if (!named.length && !(await mayDeclarePlugins(roots, context.fileSystem))) return undefined;
  const { ArchiveFileSystem, HeadlessPlugins } =
    await import('../../features/plugins/core/declarative');
  let { fileSystem } = context;
  const folders: string[] = [];
  for (const name of named) {
    const uri = pathToFileUri(resolve(cwd, name));
    const stat = await fileSystem.stat(uri);
    if (!stat) throw new UsageError(`There is no plugin at ${name}`);
    if (stat.type === 'directory') {
      folders.push(uri);
      continue;
    }
    try {
      fileSystem = await ArchiveFileSystem.open(fileSystem, uri);
    } catch (error) {
      throw new UsageError(`Can't read the plugin ${name}: ${errorMessage(error)}`);
    }
    folders.push(`${uri}/extension`);
  }
  const logger = terminalLogger(terminal);
  const plugins = new HeadlessPlugins({ catalog, fileSystem, clock, logger });
  await plugins.declarative.setPlaces({ roots, folders });
  const missing = folders.findIndex(folder => !plugins.declarative.hasPlugin(folder));
  if (missing >= 0) {
    plugins.dispose();
    throw new UsageError(
      `There is no plugin in ${named[missing]}: it needs a plugin.yaml, or a package.json with contributes.callboard`,
    );
  }
  return plugins;
}
