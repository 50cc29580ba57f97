import { resolve } from 'node:path';
import { dirnameUri, isWithin, joinUri, relativePath } from '../base';
import type { BackstageSetup } from '../features/catalog/core';
import type { Problem } from '../model';
import { isPattern } from '../platform/core/globs';
import type { FileSystem, FileType } from '../platform/core/ports';
import { pathToFileUri } from '../platform/node';
import { type CommandContext, UsageError } from './command';
import { namedEnvironment } from './namedEnvironment';
import type { ParsedCommand } from './options';
import { placeOf } from './output/problems';
import { printable } from './output/style';
import { pathsRelativeTo } from './paths';

const AI_MODEL = 'ai-model';

/** Reads the Backstage setup that the options describe; undefined if they name none. @throws UsageError */
export async function readBackstageSetup(
  { options }: ParsedCommand,
  context: CommandContext,
): Promise<BackstageSetup | undefined> {
  const configs = options.get('config') ?? [];
  const locations = options.get('location') ?? [];
  const modules = options.get('module') ?? [];
  const folder = options.get('backend-dir')?.at(-1);
  const unknown = modules.find(name => name !== AI_MODEL);
  if (unknown !== undefined) {
    throw new UsageError(`Unknown module "${unknown}". Available: ${AI_MODEL}`);
  }
  if (!configs.length && !locations.length) {
    if (folder !== undefined) throw new UsageError('--backend-dir needs --config or --location');
    if (modules.length) {
      throw new UsageError(
        '--module needs --config or --location. Without them, AiResource is always known',
      );
    }
    return undefined;
  }
  return {
    configs: await urisOf('config', configs, 'file', context),
    locations: await urisOf('location', locations, 'file', context),
    backendFolder:
      folder === undefined
        ? undefined
        : (await urisOf('backend-dir', [folder], 'directory', context))[0],
    aiModel: modules.includes(AI_MODEL),
    environment: namedEnvironment(options, context),
  };
}

async function urisOf(
  option: string,
  paths: readonly string[],
  type: FileType,
  { cwd, fileSystem }: CommandContext,
): Promise<readonly string[]> {
  return Promise.all(
    paths.map(async path => {
      const uri = pathToFileUri(resolve(cwd, path));
      // A pattern without a match is a problem of the catalog, as in an app-config.
      if (option === 'location' && isPattern(path)) return uri;
      const stat = await fileSystem.stat(uri);
      const wanted = type === 'directory' ? 'folder' : 'file';
      if (!stat) throw new UsageError(`--${option}: ${path} doesn't exist`);
      if (stat.type !== type) throw new UsageError(`--${option}: ${path} is not a ${wanted}`);
      return uri;
    }),
  );
}

/**
 * Returns the same setup with the paths of a commit. A path that leads into the repository through links would bypass
 * the commit and read the same files from disk for each revision.
 *
 * @param root - URI of the repository, without links
 */
export async function withinRepository(
  setup: BackstageSetup,
  { root, fileSystem }: { root: string; fileSystem: FileSystem },
): Promise<BackstageSetup> {
  const inCommit = async (uri: string): Promise<string> => {
    if (isWithin(root, uri)) return uri;
    for (let folder = dirnameUri(uri); ; folder = dirnameUri(folder)) {
      const real = await fileSystem.realPath(folder);
      if (isWithin(root, real)) return joinUri(real, `./${relativePath(folder, uri) ?? ''}`);
      if (folder === dirnameUri(folder)) return uri;
    }
  };
  const { backendFolder } = setup;
  return {
    ...setup,
    configs: await Promise.all(setup.configs.map(inCommit)),
    locations: await Promise.all(setup.locations.map(inCommit)),
    ...(backendFolder !== undefined && { backendFolder: await inCommit(backendFolder) }),
  };
}

/** Prints problems that keep whole locations out of the catalog, also for commands that only list entities. */
export function reportSetupProblems(
  problems: readonly Problem[],
  { configs }: BackstageSetup,
  { terminal, cwd }: CommandContext,
): void {
  const show = pathsRelativeTo(cwd);
  for (const { file, range, severity, message } of problems) {
    if (file !== undefined && !configs.includes(file)) continue;
    const place = file === undefined ? '' : `${show(file)}:${placeOf(range)}: `;
    const style = severity === 'error' ? 'red' : 'yellow';
    terminal.writeError(
      `${printable(place)}${terminal.paint(style, severity)}: ${printable(message)}`,
    );
  }
}
