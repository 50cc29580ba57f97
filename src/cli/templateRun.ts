import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dirnameUri, errorMessage } from '../base';
import type { CatalogEngine } from '../core/catalog';
import { repositoryAround } from '../core/files';
import type { TemplateRun, FoundTemplate, TaskFile, TaskResult } from '../core/scaffolder';
import type { JsonObject } from '../model';
import { loadOutputs, pathToFileUri } from '../node';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from './command';
import { openCatalog } from './openCatalog';
import { plural } from './problems';
import { printable } from './style';
import { fetchingFrom } from './templateFetching';
import { settingsOf } from './templateSettings';
import { readSecrets, readValues, templateAt } from './templateFiles';

/** `callboard template run`: what a Template makes of values, as Backstage's dry run has it. */
export const runTemplateRun: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, signal } = context;
  const option = (name: string): string | undefined => options.get(name)?.at(-1);
  const [path, ...others] = positionals;
  const valuesFile = option('values');
  const out = option('out');
  const isDryRun = options.has('dry-run');
  if (path === undefined || others.length > 0) {
    throw new UsageError(
      'template run takes one template: template run TEMPLATE --values FILE --out DIR',
    );
  }
  if (out === undefined && !isDryRun) {
    throw new UsageError(
      'template run needs --out DIR, a new folder, or --dry-run, which writes nothing',
    );
  }
  if (out !== undefined && isDryRun) {
    throw new UsageError('A --dry-run writes nothing, and has no use for --out');
  }
  const template = await templateAt(path, context);
  const values = valuesFile === undefined ? {} : await readValues(valuesFile, 'values', context);
  const secretsFile = option('secrets');
  const secrets = secretsFile === undefined ? {} : await readSecrets(secretsFile, context);
  if (out !== undefined) await refuseUsed(out, context);

  const catalog = await catalogOf(option('catalog'), context);
  try {
    const isJson = option('format') === 'json';
    const { result, files } = await run(template, {
      ...{ values, secrets, context, catalog },
      ...{ allowedHosts: options.get('allow-host') ?? [], configs: options.get('config') ?? [] },

      onLog: isJson ? () => {} : line => terminal.writeError(printable(line)),
    });
    if (signal.aborted) return exitCodes.interrupted;
    if (result.status === 'completed' && out !== undefined) await write(files, out, context);
    if (isJson) terminal.write(resultJson(result, files, isDryRun));
    else terminal.write(`${summary(result, files, out)}\n`);
    return result.status === 'completed' ? exitCodes.ok : exitCodes.problems;
  } finally {
    catalog?.dispose();
  }
};

interface RunOptions {
  readonly values: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly context: CommandContext;
  readonly catalog: CatalogEngine | undefined;
  /** Those that may be fetched from. */
  readonly allowedHosts: readonly string[];
  /** Paths of the configs of a Backstage. */
  readonly configs: readonly string[];
  readonly onLog: (line: string) => void;
}

async function run(
  { entity: template, file }: FoundTemplate,
  { values, secrets, context, catalog, allowedHosts, configs, onLog }: RunOptions,
): Promise<TemplateRun> {
  const { fileSystem, clock, signal, workers } = context;
  const { dryRun, lookupIn, TemplateEngine } = await import('../core/scaffolder');
  const { hosts, environment } = await settingsOf(configs, context);
  const taskId = `dry-run-${randomUUID()}`;
  return dryRun(
    {
      repository: await repositoryAround(dirnameUri(file), fileSystem),
      workspacePath: join(tmpdir(), taskId).replaceAll('\\', '/'),
      user: {},
      ...{ template, file, values, secrets, taskId, environment },
    },
    {
      engine: new TemplateEngine(workers?.pool),
      catalog: lookupIn(catalog),
      remote: await fetchingFrom(allowedHosts),
      hosts,
      onLog: ({ message }) => onLog(message),
      ...{ fileSystem, clock, signal },
    },
  );
}

async function catalogOf(
  directory: string | undefined,
  context: CommandContext,
): Promise<CatalogEngine | undefined> {
  if (directory === undefined) return undefined;
  const root = pathToFileUri(resolve(context.cwd, directory));
  if ((await context.fileSystem.stat(root))?.type !== 'directory') {
    throw new UsageError(`There is no folder ${directory}`);
  }
  return openCatalog([root], context);
}

async function refuseUsed(out: string, { cwd }: CommandContext): Promise<void> {
  const { NodeOutputFolder } = await loadOutputs();
  let names: readonly string[] | undefined;
  try {
    names = await new NodeOutputFolder(resolve(cwd, out)).list();
  } catch (error) {
    throw new UsageError(`${out} cannot be written to: ${errorMessage(error)}`);
  }
  if (names?.length) {
    throw new UsageError(`${out} is not empty: nothing is written over what is there`);
  }
}

/** Either all files are there in the end, or none. */
async function write(
  files: ReadonlyMap<string, TaskFile>,
  out: string,
  { cwd, terminal, signal }: CommandContext,
): Promise<void> {
  const { NodeOutputFolder } = await loadOutputs();
  const { writeFiles } = await import('../core/scaffolder');
  try {
    await writeFiles(
      [...files].map(([path, file]) => ({ path, ...file })),
      new NodeOutputFolder(resolve(cwd, out)),
      {
        signal,
        onProgress: done => terminal.showProgress(`Writing ${done}/${files.size} files`),
      },
    );
  } catch (error) {
    if (signal.aborted) throw error;
    throw new UsageError(`${out} cannot be written to: ${errorMessage(error)}`);
  } finally {
    terminal.showProgress(undefined);
  }
}

function resultJson(
  { status, steps, output, error, errors }: TaskResult,
  files: ReadonlyMap<string, TaskFile>,
  isDryRun: boolean,
): string {
  const json = {
    status,
    steps,
    output,
    files: [...files.keys()].sort(),
    ...(error === undefined ? {} : { error }),
    ...(errors === undefined ? {} : { errors }),
    // As Backstage's dry run gives them.
    ...(isDryRun && {
      directoryContents: [...files].map(([path, { content, isExecutable }]) => ({
        path,
        executable: isExecutable,
        base64Content: Buffer.from(content).toString('base64'),
      })),
    }),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function summary(
  { status, error, output }: TaskResult,
  files: ReadonlyMap<string, TaskFile>,
  out: string | undefined,
): string {
  if (status !== 'completed') return printable(`The template failed: ${error ?? ''}`);
  const made =
    out === undefined
      ? [`The template would write ${plural(files.size, 'file')}:`, ...[...files.keys()].sort()]
      : [`${plural(files.size, 'file')} written into ${out}`];
  const links = Array.isArray(output['links']) ? output['links'] : [];
  return [...made, ...links.map(link => JSON.stringify(link))].map(printable).join('\n');
}
