import { resolve } from 'node:path';
import {
  type ReadGeneratorOptions,
  readTechDocsCore,
  type TechDocsCoreVersion,
  techDocsCoreVersions,
} from '../features/techdocs/core';
import type { Environment } from '../platform/core/ports';
import { pathToFileUri } from '../platform/node';
import { quietSettings, settingsOfFolders } from './catalog/folderSettings';
import { configsOfSettings } from './catalog/openCatalog';
import { type CommandContext, UsageError } from './command';
import { namedEnvironment } from './namedEnvironment';
import type { ParsedCommand } from './options';
import { pathsRelativeTo } from './paths';

const TECHDOCS_CORE = 'callboard.docs.techdocsCore';

/**
 * Returns how to read the options of TechDocs' generator, from the app-configs that the settings of a folder name;
 * undefined if these settings want sites as MkDocs builds them.
 *
 * @param folder - URI
 */
export async function generatorOfFolder(
  folder: string,
  environment: Environment,
  context: CommandContext,
): Promise<ReadGeneratorOptions | undefined> {
  const get = await quietSettings(folder, context);
  if (get('callboard.docs.rules') === 'mkdocs') return undefined;
  const { fileSystem } = context;
  const configs = configsOfSettings(get, folder);
  return async () => {
    const { techDocsConfigOf } =
      await import('../features/catalog/core/configuredBackstage/config/techDocsConfigFile');
    return techDocsConfigOf(configs, { fileSystem, environment });
  };
}

/**
 * Returns how to read the options of TechDocs' generator for a `docs` command: from the app-configs of `--config`, or
 * else as the settings of the folder say; undefined for `--as-mkdocs`.
 *
 * @param folder - URI
 * @throws UsageError for configs that a Backstage wouldn't start with
 */
export async function namedGenerator(
  folder: string,
  options: ParsedCommand['options'],
  context: CommandContext,
): Promise<ReadGeneratorOptions | undefined> {
  if (options.has('as-mkdocs')) return undefined;
  const environment = namedEnvironment(options, context);
  const paths = options.get('config') ?? [];
  if (!paths.length) return generatorOfFolder(folder, environment, context);
  const { cwd, fileSystem } = context;
  const configs = paths.map(path => pathToFileUri(resolve(cwd, path)));
  const { techDocsConfigOf } =
    await import('../features/catalog/core/configuredBackstage/config/techDocsConfigFile');
  const config = await techDocsConfigOf(configs, { fileSystem, environment });
  const [issue] = config.issues;
  if (issue) throw new UsageError(`${pathsRelativeTo(cwd)(issue.place.file)}: ${issue.message}`);
  return () => Promise.resolve(config);
}

/**
 * Returns the release of techdocs-core for a `docs` command: that of `--techdocs-core`, or else of the settings of a
 * folder.
 *
 * @param folder - URI
 * @throws UsageError for an unknown release
 */
export async function namedTechDocsCore(
  folder: string,
  options: ParsedCommand['options'],
  context: CommandContext,
): Promise<() => TechDocsCoreVersion | undefined> {
  const written = options.get('techdocs-core')?.at(-1);
  const version = readTechDocsCore(written);
  if (written !== undefined && !version) {
    const known = techDocsCoreVersions.join(', ');
    throw new UsageError(`--techdocs-core must be one of ${known}, not "${written}"`);
  }
  return version ? () => version : techDocsCoreOfFolder(folder, context);
}

/**
 * Returns the release of techdocs-core that the settings of a folder name.
 *
 * @param folder - URI
 */
export async function techDocsCoreOfFolder(
  folder: string,
  context: CommandContext,
): Promise<() => TechDocsCoreVersion | undefined> {
  const get = await quietSettings(folder, context);
  return () => readTechDocsCore(get(TECHDOCS_CORE));
}

/**
 * Returns the release of techdocs-core that an editor's settings name for a folder, or else the settings of the
 * workspace.
 *
 * @param folder - URI
 * @param roots - URIs of the workspace folders
 */
export async function clientTechDocsCore(
  folder: string,
  {
    settings,
    roots,
    context,
  }: {
    readonly settings: { get(key: string, uri: string): Promise<unknown> };
    readonly roots: readonly string[];
    readonly context: CommandContext;
  },
): Promise<TechDocsCoreVersion | undefined> {
  const ofClient = readTechDocsCore(await settings.get(TECHDOCS_CORE, folder));
  if (ofClient) return ofClient;
  const { get } = await settingsOfFolders(roots, context, () => {});
  return readTechDocsCore(get(TECHDOCS_CORE));
}
