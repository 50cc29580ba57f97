import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ScaffolderAction } from '../../../api';
import { dirnameUri, errorMessage } from '../../../base';
import { openCatalog } from '../../../cli/catalog/openCatalog';
import { pluginLayers } from '../../../cli/catalog/openPlugins';
import {
  type CommandContext,
  exitCodes,
  type RunCommand,
  undoable,
  UsageError,
} from '../../../cli/command';
import { namedEnvironment } from '../../../cli/namedEnvironment';
import { stringify } from '../../../cli/output/jsonOutput';
import { plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { settingsOfConfigs } from '../../../cli/templateSettings';
import { enclosingRepository, fileReason } from '../../../platform/core/files';
import { fileUriToPath, loadOutputs, pathToFileUri } from '../../../platform/node';
import type { CatalogEngine } from '../../catalog/core';
import type { DescribedAction } from '../../plugins/core';
import type {
  FoundTemplate,
  LocationEdit,
  Publication,
  Published,
  ScaffolderSettings,
  TaskFile,
  TaskLogEntry,
  TemplateRun,
} from '../core';
import { openPluginActions } from './pluginActions';
import { findTemplateToRun } from './providedTemplates';
import { remoteSettings, readInput, createRecordFile, type RunInput } from './templateFiles';
import {
  openPublicationFor,
  publishedJson,
  publishedLine,
  readPublishing,
  withTokenHosts,
} from './templatePublish';

/** `callboard template run`: renders a template as Backstage's dry run does. */
export const runTemplateRun: RunCommand = async ({ positionals, options }, given) => {
  const { terminal, signal } = given;
  const option = (name: string): string | undefined => options.get(name)?.at(-1);
  const [path, ...others] = positionals;
  const out = option('out');
  const isDryRun = options.has('dry-run');
  if (path === undefined || others.length > 0) {
    throw new UsageError(
      'template run needs a template: callboard template run TEMPLATE --values FILE --out DIR',
    );
  }
  if (out === undefined && !isDryRun) {
    throw new UsageError('template run needs --out DIR or --dry-run');
  }
  if (out !== undefined && isDryRun) {
    throw new UsageError('Use either --out or --dry-run');
  }
  const isRecorded = options.has('record');
  if (isRecorded && isDryRun) {
    throw new UsageError('Use either --record or --dry-run');
  }
  const { template, fileSystem, folder } = await findTemplateToRun(path, given);
  const context = { ...given, fileSystem };
  const { values, secrets } = await readInput(options, context);
  if (out !== undefined) await assertEmptyFolder(out, context);

  const choice = await readPublishing(options, template, context);
  const settings = await settingsOfConfigs(
    options.get('config') ?? [],
    namedEnvironment(options, context),
    context,
  );
  const hosts = choice ? await withTokenHosts(settings.hosts, context) : settings.hosts;
  const publication =
    choice && out !== undefined
      ? await openPublicationFor(choice, { out, settings: { ...settings, hosts }, context })
      : undefined;
  const catalog = await openCatalogAt(option('catalog'), context);
  const roots = [pathToFileUri(given.cwd)];
  const opened = await openPluginActions(roots, given, catalog);
  try {
    const isJson = option('format') === 'json';
    const taskId = `${publication ? '' : 'dry-run-'}${randomUUID()}`;
    const ran = await renderTemplate(template, {
      repository: folder,
      described: (await pluginLayers(roots, given)).actions,
      contributed: opened.actions,
      values,
      secrets,
      taskId,
      context,
      catalog,
      publication,
      settings: { ...settings, hosts },
      allowedHosts: options.get('allow-host') ?? [],
      onLog: isJson ? () => {} : line => terminal.writeError(printable(line)),
    });
    if (signal.aborted) {
      const cancelled = { ...ran.result, status: 'cancelled', output: {} } as const;
      if (isJson) {
        const json = resultJson({ ...ran, result: cancelled, files: new Map() }, isDryRun);
        terminal.write(json, { isCancelled: true });
      }
      return exitCodes.interrupted;
    }
    const done =
      ran.result.status === 'completed' && out !== undefined
        ? await writeAndPublish(ran, {
            out,
            publication,
            context,
            record: isRecorded
              ? await createRecordFile(template, ran, { values, secrets, taskId }, context)
              : undefined,
          })
        : ran;
    if (isJson) terminal.write(resultJson(done, isDryRun));
    else terminal.write(`${await summary(done, out)}\n`);
    return done.result.status === 'completed' ? exitCodes.ok : exitCodes.problems;
  } finally {
    opened.dispose();
    catalog?.dispose();
    for (const address of publication?.emptyRepositories ?? []) {
      terminal.writeError(printable(`${address} was created but is empty`));
    }
    for (const address of publication?.openPullRequests ?? []) {
      terminal.writeError(printable(`${address} was opened and is still open`));
    }
    publication?.dispose();
  }
};

export interface RenderOptions extends RunInput {
  /** URI of the folder whose files the template may read; default: its repository. */
  readonly repository?: string | undefined;
  /** Actions that plugins describe. */
  readonly described?: readonly DescribedAction[] | undefined;
  /** Actions that plugins contribute. Default: none. */
  readonly contributed?: readonly ScaffolderAction[] | undefined;
  /** Ref of the user who runs it. Default: none. */
  readonly user?: string | undefined;
  readonly context: CommandContext;
  readonly catalog: CatalogEngine | undefined;
  /** Hosts that the template may fetch from. */
  readonly allowedHosts: readonly string[];
  /** Settings in the app configs of a Backstage. */
  readonly settings: ScaffolderSettings;
  readonly publication?: Publication | undefined;
  readonly onLog: (line: string) => void;
}

/** Runs a Template, as a dry run if there is no publication. */
export async function renderTemplate(
  { ref, entity: template, file }: FoundTemplate,
  options: RenderOptions,
): Promise<TemplateRun> {
  const { values, secrets, taskId, user, context, catalog, publication } = options;
  const { allowedHosts, settings, onLog, contributed = [] } = options;
  const { fileSystem, clock, signal, workers } = context;
  const { dryRun, lookupIn, runTemplate, TemplateEngine } = await import('../core');
  const { hosts, addresses, environment } = settings;
  const request = {
    repository: options.repository ?? (await enclosingRepository(dirnameUri(file), fileSystem)),
    workspacePath: join(tmpdir(), taskId).replaceAll('\\', '/'),
    user: user === undefined ? {} : { ref: user },
    template,
    values,
    secrets,
    taskId,
    environment,
  };
  const deps = {
    engine: new TemplateEngine(workers?.pool),
    catalog: lookupIn(catalog),
    remote: remoteSettings(allowedHosts, context.env),
    hosts,
    addresses,
    described: options.described,
    actions: [...(publication?.actions ?? []), ...contributed],
    onLog: ({ message }: TaskLogEntry) => onLog(message),
    fileSystem,
    clock,
    signal,
  };
  if (!publication) return dryRun({ ...request, file }, deps);
  const templateInfo = { entityRef: ref, baseUrl: file };
  return runTemplate({ ...request, templateInfo, isDryRun: false }, deps);
}

/** Result of a run after writing and publishing. */
interface FinishedRun extends TemplateRun {
  readonly published?: readonly Published[];
  /** The record of the template. Not among `files`, which are the template's. */
  readonly record?: TaskFile | undefined;
}

/** Writes the files of a run and publishes them, if requested. */
export async function writeAndPublish(
  { files: made, ...run }: TemplateRun,
  { publication, ...options }: WriteOptions & { readonly publication: Publication | undefined },
): Promise<FinishedRun> {
  const { context, record } = options;
  const { signal, terminal } = context;
  const files = publication?.filesOf(made) ?? made;
  try {
    if (!publication) {
      await undoable(context, () => write(files, options));
      return { ...run, files, record };
    }
    const { location } = publication;
    const published = await undoable(context, () =>
      publication.complete(() => write(files, { ...options, location }), {
        signal,
        onWarning: message => terminal.writeError(printable(message)),
      }),
    );
    return { ...run, files, published, record };
  } catch (error) {
    if (signal.aborted) throw error;
    const why = { status: 'failed', output: {}, error: errorMessage(error) } as const;
    const failed = { ...run, result: { ...run.result, ...why } };
    const { PartlyPublishedError } = await import('../core');
    return error instanceof PartlyPublishedError
      ? { ...failed, files, published: error.published, record }
      : { ...failed, files: new Map() };
  }
}

export async function openCatalogAt(
  directory: string | undefined,
  context: CommandContext,
): Promise<CatalogEngine | undefined> {
  if (directory === undefined) return undefined;
  const root = pathToFileUri(resolve(context.cwd, directory));
  if ((await context.fileSystem.stat(root))?.type !== 'directory') {
    throw new UsageError(`Folder ${directory} doesn't exist`);
  }
  return openCatalog([root], { ...context, startPlugin: undefined });
}

/** @throws UsageError if a folder has something in it */
export async function assertEmptyFolder(out: string, { cwd }: CommandContext): Promise<void> {
  const { NodeOutputFolder } = await loadOutputs();
  let names: readonly string[] | undefined;
  try {
    names = await new NodeOutputFolder(resolve(cwd, out)).list();
  } catch (error) {
    throw new UsageError(`Can't write to ${out}: ${fileReason(error)}`);
  }
  if (names?.length) {
    throw new UsageError(`${out} is not empty`);
  }
}

interface WriteOptions {
  readonly out: string;
  readonly context: CommandContext;
  readonly location?: LocationEdit | undefined;
  readonly record: TaskFile | undefined;
}

/**
 * Writes all files or none.
 * @returns a function that undoes it
 */
async function write(
  files: ReadonlyMap<string, TaskFile>,
  { out, context: { cwd, terminal, signal }, location, record }: WriteOptions,
): Promise<() => Promise<void>> {
  const { NodeOutputFolder } = await loadOutputs();
  const { RECORD_PATH, writePublished } = await import('../core');
  const all = record ? new Map(files).set(RECORD_PATH, record) : files;
  try {
    return await writePublished(
      [...all].map(([path, file]) => ({ path, ...file })),
      new NodeOutputFolder(resolve(cwd, out)),
      {
        signal,
        location,
        openOutput: folder => Promise.resolve(new NodeOutputFolder(fileUriToPath(folder))),
        onProgress: done => terminal.showProgress(`Writing ${done}/${all.size} files`),
      },
    );
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Error(`Can't write to ${out}: ${fileReason(error)}`, { cause: error });
  } finally {
    terminal.showProgress(undefined);
  }
}

function resultJson({ result, files, published, record }: FinishedRun, isDryRun: boolean): string {
  const { status, steps, output, error, errors } = result;
  const json = {
    status,
    steps,
    output,
    files: [...files.keys()].sort(),
    ...(error === undefined ? {} : { error }),
    ...(errors === undefined ? {} : { errors }),
    ...(published === undefined ? {} : { published: published.map(publishedJson) }),
    ...(record ? { record: '.callboard/template.yaml' } : {}),
    // In the format of Backstage's dry run.
    ...(isDryRun && {
      directoryContents: [...files].map(([path, { content, isExecutable }]) => ({
        path,
        executable: isExecutable,
        base64Content: Buffer.from(content).toString('base64'),
      })),
    }),
  };
  return stringify(json);
}

/** Describes the outcome of a run for a terminal. */
export async function summary(
  { result, files, record, published = [] }: FinishedRun,
  out: string | undefined,
): Promise<string> {
  const { RECORD_PATH, withoutMissingRepositories } = await import('../core');
  const { status, error, output } = result;
  if (status !== 'completed') {
    return [`The template failed: ${error ?? ''}`, ...published.map(publishedLine)]
      .map(printable)
      .join('\n');
  }
  const paths = [...files.keys(), ...(record ? [RECORD_PATH] : [])].sort();
  const made =
    out === undefined
      ? [`The template would write ${plural(paths.length, 'file')}:`, ...paths]
      : [`${plural(paths.length, 'file')} written into ${out}`];
  const shown = withoutMissingRepositories(output, result.steps);
  const links = Array.isArray(shown['links']) ? shown['links'] : [];
  return [...made, ...published.map(publishedLine), ...links.map(link => JSON.stringify(link))]
    .map(printable)
    .join('\n');
}
