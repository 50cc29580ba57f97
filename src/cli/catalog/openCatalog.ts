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
import { quietSettings, settingsOfFolders } from './folderSettings';

/**
 * The options that the settings of some folders make; what is wrong with them is told on stderr.
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
 * The same, with the Backstage that the settings name the configs of, as the editor shows its catalog then.
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
  const [first] = roots;
  const folder = first?.startsWith('file:') ? fileUriToPath(first) : undefined;
  const paths = textsOf(get('callboard.catalog.backstage.config'));
  if (folder === undefined || !paths.length) return { options, backstage: undefined };
  return {
    options,
    backstage: {
      configs: paths.map(path => pathToFileUri(resolve(folder, path))),
      aiModel: textsOf(get('callboard.catalog.backstage.modules')).includes('ai-model'),
    },
  };
}

/** Text of a phase, with the noun of what it counts, if the text doesn't name it. */
const phases: Readonly<Record<RefreshPhase, readonly [text: string, one?: string, more?: string]>> =
  {
    entities: ['Processing entities:', 'file', 'files'],
    relations: ['Resolving relations:', 'entity', 'entities'],
    problems: ['Checking entities:', 'file', 'files'],
    templates: ['Checking templates:'],
    apis: ['Checking API definitions:'],
  };

/** The line that shows how far reading the catalog is. */
function describeProgress({ phase, done, total }: RefreshProgress): string {
  const [text, one, more] = phase ? phases[phase] : ['Reading', 'file', 'files'];
  const count = total === undefined ? String(done) : `${done}/${total}`;
  return [text, count, (total ?? done) === 1 ? one : more].filter(Boolean).join(' ');
}

/** A setting may be anything. */
function textsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter(item => typeof item === 'string' && item !== '').map(String);
}

/** What has entities besides folders. */
export interface RemoteEntities {
  readonly sources: readonly CatalogSource[];
  /** Asks for what the catalog refers to, once it was read. @returns whether there is something new */
  fetchMissing(): Promise<boolean>;
}

/**
 * Reads the catalog of some folders, as the editor would with these folders open. The caller
 * disposes the engine.
 *
 * @param roots - URIs of folders
 * @param options - those of the folders' own settings, unless others are to count
 * @param backstage - whose catalog to read instead of discovering one
 * @param isJudged - whether problems are asked for, and skeletons of Templates are read for theirs
 * @param checksApis - whether problems of API definitions are among them; default: `isJudged`
 * @param saveAs - what its files gave is stored under this name for the next time, by `save` of the engine; default: not at all
 * @param remote - what has entities besides the folders; the context's file system knows their files
 */
export async function openCatalog(
  roots: readonly string[],
  context: CommandContext,
  {
    options,
    backstage,
    isJudged = false,
    checksApis = isJudged,
    saveAs,
    remote,
  }: {
    options?: CatalogOptions;
    backstage?: BackstageSetup;
    isJudged?: boolean;
    checksApis?: boolean;
    saveAs?: string | undefined;
    remote?: RemoteEntities;
  } = {},
): Promise<CatalogEngine> {
  const { terminal, fileSystem, clock, signal, inspect, cache } = context;
  // Until the first files are found, the rest of the program is loaded.
  terminal.showProgress('Finding files');
  const store = saveAs === undefined ? undefined : cache?.storeOf(`${saveAs} ${roots.join(' ')}`);
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
    hasProblems: isJudged,
    ...(cache && store && { snapshot: { store, version: await cache.version() } }),
    ...(checksApis && {
      inspect: (catalog, options) => inspect(catalog, fileSystem, { ...options, cache }),
    }),
  });
  try {
    engine.setBackstage(backstage);
    for (const source of remote?.sources ?? []) engine.addSource(source);
    engine.setRoots(roots.map(uri => ({ uri, name: basenameUri(uri) })));
    const onProgress = (progress: RefreshProgress): void =>
      terminal.showProgress(describeProgress(progress));
    await engine.refresh({ signal, onProgress });
    // Only now it is known what the catalog refers to.
    if (await remote?.fetchMissing()) await engine.sourcesRead({ signal, onProgress });
    await raceAbort(engine.whenInspected(), signal);
  } catch (error) {
    engine.dispose();
    throw error;
  } finally {
    terminal.showProgress(undefined);
  }
  return engine;
}
