import { resolve } from 'node:path';
import { basenameUri, raceAbort } from '../../base';
import {
  type BackstageSetup,
  CatalogEngine,
  type CatalogOptions,
  type CatalogSource,
  readCatalogOptions,
  type RefreshPhase,
  type RefreshProgress,
} from '../../features/catalog/core';
import { readForgeHosts } from '../../platform/core/hosts';
import { fileUriToPath, pathToFileUri } from '../../platform/node';
import type { CommandContext } from '../command';
import { terminalLogger, warn } from '../terminal';
import { quietSettings, settingsOfFolders, type SettingsReading } from './folderSettings';
import { pluginLayers, pluginsWithCode, problemsOfPlugins } from './openPlugins';

/**
 * Reads the catalog options from the settings of some folders; reports invalid settings on stderr.
 *
 * @param roots - URIs of folders
 */
export async function readOptions(
  roots: readonly string[],
  context: CommandContext,
): Promise<CatalogOptions> {
  return (await readFolderSettings(roots, context)).options;
}

/**
 * Reads the catalog options and the Backstage setup whose configs the settings name, as the editor does.
 *
 * @param roots - URIs of folders
 */
export async function readFolderSettings(
  roots: readonly string[],
  context: CommandContext,
): Promise<{
  readonly options: CatalogOptions;
  readonly backstage: Pick<BackstageSetup, 'configs' | 'aiModel'> | undefined;
}> {
  const { terminal } = context;
  const { get } = await settingsOfFolders(roots, context, message => warn(terminal, message));
  const { options, errors } = readCatalogOptions(get);
  for (const error of errors) warn(terminal, `settings: ${error}`);
  const configs = configsOfSettings(get, roots[0]);
  if (!configs.length) return { options, backstage: undefined };
  const aiModel = textsOf(get('callboard.catalog.backstage.modules')).includes('ai-model');
  return { options, backstage: { configs, aiModel } };
}

/** Returns the URIs of the app-configs that the settings of a folder (URI) name. */
export function configsOfSettings(
  get: SettingsReading['get'],
  root: string | undefined,
): readonly string[] {
  const folder = root?.startsWith('file:') ? fileUriToPath(root) : undefined;
  if (folder === undefined) return [];
  const paths = textsOf(get('callboard.catalog.backstage.config'));
  return paths.map(path => pathToFileUri(resolve(folder, path)));
}

/** The text of each phase, with a noun for its count if the text doesn't include one. */
const phases: Readonly<Record<RefreshPhase, readonly [text: string, one?: string, more?: string]>> =
  {
    entities: ['Processing entities:', 'file', 'files'],
    relations: ['Resolving relations:', 'entity', 'entities'],
    problems: ['Checking entities:', 'file', 'files'],
    templates: ['Checking templates:'],
    apis: ['Checking API definitions:'],
  };

/** Returns the progress line of reading the catalog. */
function describeProgress({ phase, done, total }: RefreshProgress): string {
  const [text, one, more] = phase ? phases[phase] : ['Reading', 'file', 'files'];
  const count = total === undefined ? String(done) : `${done}/${total}`;
  return [text, count, (total ?? done) === 1 ? one : more].filter(Boolean).join(' ');
}

/** Returns the non-empty texts of a setting, which may have any value. */
function textsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter(item => typeof item === 'string' && item !== '').map(String);
}

/** Entities from outside the folders. */
export interface RemoteEntities {
  readonly sources: readonly CatalogSource[];
  /** Fetches entities that the catalog refers to, once it has been read. @returns whether there are new ones */
  fetchMissing(): Promise<boolean>;
}

/**
 * Reads the catalog of some folders, as the editor would with these folders open. The caller disposes the engine.
 *
 * @param roots - URIs of folders
 * @param options - default: those of the folders' settings
 * @param backstage - whose catalog to read instead of discovering one
 * @param reportsProblems - whether problems are needed, including those in skeletons of Templates
 * @param checksApis - whether to check API definitions; default: `reportsProblems`
 * @param saveAs - name under which the engine's `save` stores the results of files for the next run; default: not
 *   stored
 * @param remote - entities from outside the folders; the context's file system has their files
 */
export async function openCatalog(
  roots: readonly string[],
  context: CommandContext,
  {
    options,
    backstage,
    reportsProblems = false,
    checksApis = reportsProblems,
    saveAs,
    remote,
  }: {
    options?: CatalogOptions;
    backstage?: BackstageSetup;
    reportsProblems?: boolean;
    checksApis?: boolean;
    saveAs?: string | undefined;
    remote?: RemoteEntities;
  } = {},
): Promise<CatalogEngine> {
  const { terminal, fileSystem, clock, signal, inspect, cache } = context;
  // The program is still loading until the first files are found.
  terminal.showProgress('Finding files');
  const snapshot =
    saveAs === undefined ? undefined : await cache?.snapshotOf(`${saveAs} ${roots.join(' ')}`);
  const engine = new CatalogEngine({
    fileSystem,
    clock,
    logger: terminalLogger(terminal),
    options: options ?? (await readOptions(roots, context)),
    forges: async () => {
      const [first] = roots;
      const get = first === undefined ? undefined : await quietSettings(first, context);
      return readForgeHosts(get?.('callboard.templates.integrations'));
    },
    findPluginLayers: folders => pluginLayers(folders, context),
    hasProblems: reportsProblems,
    snapshot,
    ...((checksApis || reportsProblems) && {
      inspect: async (catalog, options) => {
        // First: plugins may add entities.
        const ofPlugins = reportsProblems ? await problemsOfPlugins(catalog, roots, context) : [];
        const ofApis = checksApis ? await inspect(catalog, fileSystem, { ...options, cache }) : [];
        return [...ofApis, ...ofPlugins];
      },
    }),
  });
  try {
    engine.setBackstage(backstage);
    for (const source of remote?.sources ?? []) engine.addSource(source);
    engine.setRoots(roots.map(uri => ({ uri, name: basenameUri(uri) })));
    const onProgress = (progress: RefreshProgress): void =>
      terminal.showProgress(describeProgress(progress));
    await engine.refresh({ signal, onProgress });
    // References to missing entities are known only now.
    if (await remote?.fetchMissing()) await engine.sourcesRead({ signal, onProgress });
    await raceAbort(pluginsWithCode(engine, roots, context), signal);
    await raceAbort(engine.whenInspected(), signal);
  } catch (error) {
    engine.dispose();
    throw error;
  } finally {
    terminal.showProgress(undefined);
  }
  return engine;
}
