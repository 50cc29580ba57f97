import { resolve } from 'node:path';
import type { TemplateProvider } from '../../api';
import { basenameUri } from '../../base';
import type { CatalogEngine } from '../../features/catalog/core';
import {
  findPluginLayers,
  type FoundPluginLayers,
  mayDeclarePlugins,
} from '../../features/plugins/core';
import type { HeadlessPlugins } from '../../features/plugins/core/headless';
import type { Problem } from '../../model';
import { fileReason } from '../../platform/core/files';
import type { FileSystem } from '../../platform/core/ports';
import { pathToFileUri } from '../../platform/node';
import { type CommandContext, UsageError } from '../command';
import { terminalLogger } from '../terminal';

/**
 * Opens the plugins of some folders, of the packages that they name, and of `--plugin`. The code of a plugin runs if it
 * is from `--plugin`, or with `--trust-plugins`. The caller disposes them.
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
  const { plugins: named = [], clock, terminal } = context;
  if (!named.length && !(await mayDeclarePlugins(roots, context.fileSystem))) return undefined;
  const { HeadlessPlugins } = await import('../../features/plugins/core/headless');
  const { fileSystem, folders, archives } = await namedPlugins(context);
  const logger = terminalLogger(terminal);
  const plugins = new HeadlessPlugins({
    catalog,
    entityProviders: catalog,
    processing: catalog,
    fileSystem,
    clock,
    logger,
  });
  await plugins.declarative.setPlaces({ roots, folders });
  const missing = folders.findIndex(folder => !plugins.declarative.hasPlugin(folder));
  if (missing >= 0) {
    plugins.dispose();
    throw noPluginIn(named[missing]);
  }
  const { startPlugin, trustsPlugins = false, pluginDeadline, recorder } = context;
  if (!startPlugin) return plugins;
  const { exclude, filesExclude } = catalog.options;
  await plugins.runCode({
    mayRun: ({ origin }) => trustsPlugins || origin === 'extension',
    async moduleOf({ declaration: { main = '' }, folder }) {
      // Code may depend on anything, so that its results can't be repeated.
      recorder?.abandon();
      const { moduleUrl } = await import('./pluginModule');
      return moduleUrl({ folder, main, isArchive: archives.has(folder) }, fileSystem);
    },
    startThread: startPlugin,
    deadline: pluginDeadline,
    roots: roots.map(uri => ({ uri, name: basenameUri(uri) })),
    exclude: [...exclude, ...filesExclude],
  });
  return plugins;
}

/** Opened plugins with code, by their catalog, which disposes them. */
const pluginsByCatalog = new WeakMap<CatalogEngine, Promise<HeadlessPlugins | undefined>>();

/**
 * Opens the plugins of a catalog whose code may run, once for each catalog. Resolves when the catalog has the entities
 * of their providers. The catalog disposes the plugins.
 *
 * @param roots - URIs of folders
 * @returns undefined if no code may run
 * @throws UsageError as `openPlugins` does
 */
export function pluginsWithCode(
  catalog: CatalogEngine,
  roots: readonly string[],
  context: CommandContext,
): Promise<HeadlessPlugins | undefined> {
  const { plugins: named = [], trustsPlugins = false, startPlugin } = context;
  if (!startPlugin || (!named.length && !trustsPlugins)) return Promise.resolve(undefined);
  const before = pluginsByCatalog.get(catalog);
  if (before) return before;
  const opening = openPlugins(catalog, roots, context).then(async plugins => {
    if (plugins) catalog.own(plugins);
    // A plugin may be declared later.
    else pluginsByCatalog.delete(catalog);
    // Processors of a plugin that failed leave the catalog.
    await catalog.applyChanges([]);
    return plugins;
  });
  pluginsByCatalog.set(catalog, opening);
  return opening;
}

/**
 * Finds the layers that plugins of folders, and those of `--plugin`, declare.
 *
 * @param options.needsNamed - whether each place of `--plugin` must have a plugin; default: false
 * @throws UsageError if there is none
 */
export async function pluginLayers(
  roots: readonly string[],
  context: CommandContext,
  { needsNamed = false } = {},
): Promise<FoundPluginLayers> {
  const { fileSystem, folders } = await namedPlugins(context);
  const found = await findPluginLayers(roots, { folders, fileSystem });
  const [first] = found.missing;
  if (needsNamed && first !== undefined)
    throw noPluginIn(context.plugins?.[folders.indexOf(first)]);
  return found;
}

/**
 * Finds the software templates that plugins of folders, and those of `--plugin`, declare. Runs no code.
 *
 * @throws UsageError as `openPlugins` does
 */
export async function pluginTemplates(
  roots: readonly string[],
  context: CommandContext,
): Promise<{
  readonly providers: readonly TemplateProvider[];
  /** Reads the files of the plugins. */
  readonly fileSystem: FileSystem;
}> {
  const { plugins: named = [] } = context;
  const { fileSystem, folders } = await namedPlugins(context);
  if (!named.length && !(await mayDeclarePlugins(roots, fileSystem))) {
    return { providers: [], fileSystem };
  }
  const { readPluginTemplates } = await import('../../features/plugins/core/declarative');
  const { providers, missing } = await readPluginTemplates({ roots, folders }, fileSystem);
  const [first] = missing;
  if (first !== undefined) throw noPluginIn(named[folders.indexOf(first)]);
  return { providers, fileSystem };
}

function noPluginIn(name: string | undefined): UsageError {
  return new UsageError(
    `There is no plugin in ${name}: it needs a plugin.yaml, or a package.json with contributes.callboard`,
  );
}

/** The plugins of `--plugin`, with a file system that reads VSIX files as folders. */
interface NamedPlugins {
  readonly fileSystem: FileSystem;
  /** URIs. */
  readonly folders: readonly string[];
  /** The folders that are in VSIX files. */
  readonly archives: ReadonlySet<string>;
}

/** @throws UsageError if a place of `--plugin` can't be read */
async function namedPlugins({
  fileSystem: files,
  plugins: named = [],
  cwd,
}: CommandContext): Promise<NamedPlugins> {
  let fileSystem = files;
  const folders: string[] = [];
  const archives = new Set<string>();
  for (const name of named) {
    const uri = pathToFileUri(resolve(cwd, name));
    const stat = await fileSystem.stat(uri);
    if (!stat) throw new UsageError(`Plugin ${name} doesn't exist`);
    if (stat.type === 'directory') {
      folders.push(uri);
      continue;
    }
    try {
      const { ArchiveFileSystem } = await import('../../features/plugins/core/declarative');
      fileSystem = await ArchiveFileSystem.open(fileSystem, uri);
    } catch (error) {
      throw new UsageError(`Can't read the plugin ${name}: ${fileReason(error)}`);
    }
    archives.add(`${uri}/extension`);
    folders.push(`${uri}/extension`);
  }
  return { fileSystem, folders, archives };
}

/** Returns the problems of plugins, and of their data. */
export async function problemsOfPlugins(
  catalog: CatalogEngine,
  roots: readonly string[],
  context: CommandContext,
): Promise<readonly Problem[]> {
  const shared = await pluginsWithCode(catalog, roots, context);
  const plugins = shared ?? (await openPlugins(catalog, roots, context));
  if (!plugins) return [];
  try {
    await plugins.whenChecked();
    const { declarative, code } = plugins;
    const reported = code?.threads.length
      ? await problemsOfCode(code.threads, catalog, context)
      : [];
    return [...declarative.problems, ...reported];
  } finally {
    if (!shared) plugins.dispose();
  }
}

/** Places the problems that code reported. */
async function problemsOfCode(
  threads: NonNullable<HeadlessPlugins['code']>['threads'],
  engine: CatalogEngine,
  { fileSystem, clock, terminal }: CommandContext,
): Promise<readonly Problem[]> {
  const { ContributedProblems } = await import('../../features/plugins/core/headless');
  const logger = terminalLogger(terminal);
  const problems = new ContributedProblems({
    engine,
    fileSystem,
    changes: [],
    clock,
    logger,
    pluginOf: contribution => threads.find(thread => thread === contribution)?.id,
  });
  try {
    for (const thread of threads) {
      problems.addProblemSource(thread);
      thread.reportAll();
    }
    await problems.whenSettled();
    return problems.getProblems();
  } finally {
    problems.dispose();
  }
}
