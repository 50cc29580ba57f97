import { resolve } from 'node:path';
import { joinUri } from '../../../base';
import { pluginLayers } from '../../../cli/catalog/openPlugins';
import {
  type CommandContext,
  exitCodes,
  type RunCommand,
  undoable,
  UsageError,
} from '../../../cli/command';
import { namedEnvironment } from '../../../cli/namedEnvironment';
import { unixOutput } from '../../../cli/output/githubOutput';
import { stringify } from '../../../cli/output/jsonOutput';
import { plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { pathsRelativeTo } from '../../../cli/paths';
import { settingsOfConfigs } from '../../../cli/templateSettings';
import { decodeText, fileReason } from '../../../platform/core/files';
import type { Environment } from '../../../platform/core/ports';
import { fileUriToPath, loadOutputs, pathToFileUri } from '../../../platform/node';
import type { FileUpdate, TemplateCheck, TemplateRecord, UpdateConflict } from '../core/drift';
import { openPluginActions } from './pluginActions';
import { recordedTemplate } from './recordedTemplate';
import { readInput, repositoryOpener } from './templateFiles';
import { openCatalogAt, renderTemplate } from './templateRun';

/** `callboard template update`: merges a template's changes into a project that it created. */
export const runTemplateUpdate: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, signal, cwd, fileSystem } = context;
  const option = (name: string): string | undefined => options.get(name)?.at(-1);
  const [directory = '.'] = positionals;
  const project = pathToFileUri(resolve(cwd, directory));
  if ((await fileSystem.stat(project))?.type !== 'directory') {
    throw new UsageError(`Folder ${directory} doesn't exist`);
  }
  const conflicts = option('conflicts') ?? 'refuse';
  const given = await readInput(options, context);
  const records = await readProject(project, directory, context);
  const isCheck = options.has('check');
  const update: UpdateOptions = {
    project,
    ...given,
    isCheck,
    conflicts,
    template: option('template'),
    catalog: option('catalog'),
    isDirtyAllowed: options.has('allow-dirty'),
    allowedHosts: options.get('allow-host') ?? [],
    configs: options.get('config') ?? [],
    environment: namedEnvironment(options, context),
  };
  const reports: UpdateReport[] = [];
  for (const record of records) {
    terminal.showProgress(`Running ${printable(record.template.ref)}`);
    try {
      reports.push(await updateFrom(record, update, context));
    } finally {
      terminal.showProgress(undefined);
    }
    if (signal.aborted) return exitCodes.interrupted;
  }
  const isJson = option('format') === 'json';
  terminal.write(isJson ? updateJson(reports) : updateText(reports, isCheck));
  return reports.every(isDone) ? exitCodes.ok : exitCodes.problems;
};

/** Whether nothing is left to write or decide. */
function isDone({ check, isWritten }: UpdateReport): boolean {
  if (check.type !== 'checked') return false;
  const { updates } = check;
  return updates.every(isWritten ? ({ state }) => state !== 'conflict' : isUnchanged);
}

const isUnchanged = ({ state }: FileUpdate): boolean => state === 'unchanged';

/** @throws UsageError if there is no record or an invalid one */
async function readProject(
  project: string,
  directory: string,
  { fileSystem, cwd }: CommandContext,
): Promise<readonly TemplateRecord[]> {
  const { readRecords } = await import('../core/drift');
  const { RECORD_PATH } = await import('../core');
  const file = joinUri(project, RECORD_PATH);
  if ((await fileSystem.stat(file))?.type !== 'file') {
    throw new UsageError(
      `${directory} has no ${RECORD_PATH}, so its template is unknown. callboard template run --record writes this file`,
    );
  }
  const { records, problems } = readRecords(decodeText(await fileSystem.readFile(file)), file);
  if (problems.length > 0) {
    throw new UsageError(unixOutput(problems, pathsRelativeTo(cwd)).trimEnd());
  }
  return records;
}

interface UpdateOptions {
  /** URI. */
  readonly project: string;
  readonly values: TemplateRecord['values'];
  readonly secrets: Readonly<Record<string, string>>;
  readonly template: string | undefined;
  readonly catalog: string | undefined;
  readonly isCheck: boolean;
  /** `refuse`, `skip` or `markers`. */
  readonly conflicts: string;
  readonly isDirtyAllowed: boolean;
  readonly allowedHosts: readonly string[];
  readonly configs: readonly string[];
  readonly environment: Environment;
}

async function updateFrom(
  record: TemplateRecord,
  options: UpdateOptions,
  context: CommandContext,
): Promise<UpdateReport> {
  const check = await checkRecord(record, options, context);
  const { isCheck, conflicts } = options;
  if (check.type !== 'checked') return { record, check, left: [], isWritten: false };
  const { updates } = check;
  const isDecided = ({ conflict }: FileUpdate): boolean =>
    conflict === 'lines' && conflicts === 'markers';
  const left = updates.filter(update => update.state === 'conflict' && !isDecided(update));
  const isRefused = left.length > 0 && conflicts !== 'skip' && conflicts !== 'markers';
  if (isCheck || isRefused) return { record, check, left, isWritten: false };
  const done = updates.filter(update => !isUnchanged(update) && !left.includes(update));
  await assertCommitted(done, options, context);
  await undoable(context, () => writeUpdates(record, { check, done }, options.project, context));
  return { record, check, left, isWritten: done.length > 0 };
}

async function checkRecord(
  record: TemplateRecord,
  options: UpdateOptions,
  context: CommandContext,
): Promise<TemplateCheck> {
  const { project, values, secrets, template: given, allowedHosts } = options;
  const { signal, workers, cwd } = context;
  const { checkTemplate, skipsSteps } = await import('../core/drift');
  const { TemplateEngine } = await import('../core');
  const roots = [...new Set([project, pathToFileUri(cwd)])];
  const found = await recordedTemplate(record, { project, given, roots }, context);
  const { template, fileSystem, folder } = found;
  const described = (await pluginLayers(roots, context)).actions;
  const settings = await settingsOfConfigs(options.configs, options.environment, context);
  const catalog = await openCatalogAt(options.catalog, context);
  const opened = await openPluginActions(roots, context, catalog);
  try {
    return await checkTemplate(
      {
        project,
        record,
        template,
        values,
        secrets,
        isComplete: !skipsSteps(template, { contributed: opened.actions, described }),
        labels: { mine: 'this project', next: record.template.ref },
      },
      {
        fileSystem,
        signal,
        engine: new TemplateEngine(workers?.pool),
        openRepository: repositoryOpener(context),
        render: ({ template: version, fileSystem: files, ...input }) =>
          renderTemplate(version, {
            ...input,
            repository: folder,
            described,
            contributed: opened.actions,
            catalog,
            onLog: () => {},
            allowedHosts,
            settings,
            context: { ...context, fileSystem: files },
          }),
      },
    );
  } finally {
    opened.dispose();
    catalog?.dispose();
  }
}

/**
 * Refuses to merge into uncommitted files, whose content could not be restored.
 * @throws UsageError
 */
async function assertCommitted(
  updates: readonly FileUpdate[],
  { project, isDirtyAllowed }: UpdateOptions,
  context: CommandContext,
): Promise<void> {
  const changed = updates.filter(({ state }) => state === 'merged' || state === 'conflict');
  if (isDirtyAllowed || changed.length === 0) return;
  const repository = await repositoryOpener(context)(project, context.signal);
  try {
    const head = await repository?.head();
    const files = head === undefined ? undefined : await repository?.readCommit(head);
    const lost: string[] = [];
    for (const { path, mine } of changed) {
      const isKept = mine && (await files?.hasContent(joinUri(project, path), mine.content));
      if (!isKept) lost.push(path);
    }
    if (lost.length === 0) return;
    throw new UsageError(
      [
        `${plural(lost.length, 'file')} to merge into ${lost.length === 1 ? 'has' : 'have'} uncommitted changes. Commit them first or use --allow-dirty:`,
        ...lost.map(path => `  ${printable(path)}`),
      ].join('\n'),
    );
  } finally {
    repository?.dispose();
  }
}

/** Writes all changes and the record, or nothing. */
async function writeUpdates(
  record: TemplateRecord,
  { check, done }: { check: Checked; done: readonly FileUpdate[] },
  project: string,
  { fileSystem, signal, cwd }: CommandContext,
): Promise<void> {
  const { changesOf, isSameVersion, recordAfter, withRecord, writeChanges } =
    await import('../core/drift');
  const { RECORD_PATH } = await import('../core');
  const paths = new Set(done.map(({ path }) => path));
  const after = await recordAfter(record, check.record, check.updates, paths);
  if (isSameVersion(record, after)) return;
  const { write, remove } = changesOf(done);
  const before = decodeText(await fileSystem.readFile(joinUri(project, RECORD_PATH)));
  const content = new TextEncoder().encode(withRecord(before, after));
  const files = new Map(write).set(RECORD_PATH, { content, isExecutable: false });
  const { NodeOutputFolder } = await loadOutputs();
  const output = new NodeOutputFolder(fileUriToPath(project));
  try {
    await writeChanges({ write: files, remove }, output, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const shown = pathsRelativeTo(cwd)(project);
    throw new UsageError(`Can't write to ${shown}: ${fileReason(error)}`);
  }
}

type Checked = Extract<TemplateCheck, { type: 'checked' }>;

/** Result of the update from one template. */
interface UpdateReport {
  readonly record: TemplateRecord;
  readonly check: TemplateCheck;
  /** Conflicts that nobody has decided. */
  readonly left: readonly FileUpdate[];
  /** Whether the other updates were written. */
  readonly isWritten: boolean;
}

function updateJson(reports: readonly UpdateReport[]): string {
  return stringify({
    templates: reports.map(({ record, check, isWritten }) => {
      const { ref, commit = null, digest } = record.template;
      const from = { commit, digest };
      if (check.type === 'failed') return { ref, status: 'failed', from, error: check.error };
      if (check.type === 'unfit') {
        const errors = check.errors.map(({ path, message }) => ({ path, message }));
        return { ref, status: 'unfit', from, errors };
      }
      const { template } = check.record;
      const changed = check.updates.filter(({ state }) => state !== 'unchanged');
      return {
        ref,
        status: changed.length === 0 ? 'current' : 'outdated',
        from,
        to: { commit: template.commit ?? null, digest: template.digest },
        written: isWritten,
        files: changed.map(({ path, state, conflict }) => ({
          path,
          state,
          ...(conflict ? { conflict } : {}),
        })),
      };
    }),
  });
}

function updateText(reports: readonly UpdateReport[], isCheck: boolean): string {
  return reports
    .flatMap(report => formatReport(report, isCheck))
    .map(line => `${printable(line)}\n`)
    .join('');
}

function formatReport(
  { record, check, left, isWritten }: UpdateReport,
  isCheck: boolean,
): readonly string[] {
  const { ref } = record.template;
  if (check.type === 'failed') return [`${ref} failed: ${check.error}`];
  if (check.type === 'unfit') {
    return [
      `${ref} now needs different values. Pass them with --values FILE and --secrets FILE:`,
      ...check.errors.map(({ path, message }) => `  ${['values', ...path].join('.')} ${message}`),
    ];
  }
  const changed = check.updates.filter(({ state }) => state !== 'unchanged');
  if (changed.length === 0) return [`Up to date with ${ref}`];
  const count = plural(changed.length - (isWritten ? left.length : 0), 'file');
  return [
    isWritten ? `${count} updated from ${ref}:` : `${count} to update from ${ref}:`,
    ...changed.map(
      ({ path, state, conflict }) =>
        `  ${state.padEnd('conflict'.length)}  ${path}${conflict ? ` (${reasons[conflict]})` : ''}`,
    ),
    ...(isCheck ? [] : formatAdvice(changed, { left, isWritten })),
  ];
}

function formatAdvice(
  changed: readonly FileUpdate[],
  { left, isWritten }: Pick<UpdateReport, 'left' | 'isWritten'>,
): readonly string[] {
  if (!isWritten) {
    return [
      'Nothing was written because of conflicts. Use --conflicts markers to write conflict markers, or --conflicts skip to skip files with conflicts.',
    ];
  }
  const marked = changed.filter(update => update.conflict && !left.includes(update)).length;
  return [
    ...(marked > 0 ? [`${plural(marked, 'file')} with conflict markers to resolve`] : []),
    ...(left.length > 0 ? [`${plural(left.length, 'file')} with conflicts skipped`] : []),
  ];
}

const reasons: Readonly<Record<UpdateConflict, string>> = {
  lines: 'both changed the same lines',
  noBase: 'both changed it, and its original content is unknown',
  unmergeable: "both changed it, and it can't be merged",
  exists: 'the template now creates it, and the project has a different one',
  changedHere: 'the template removed it, and the project changed it',
  removedHere: 'the template changed it, and the project removed it',
  noFile: "it isn't a file in the project",
};
