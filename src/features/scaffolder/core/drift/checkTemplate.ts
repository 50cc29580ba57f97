import type { ScaffolderAction } from '../../../../api';
import { dirnameUri, joinUri, relativePath } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { recordAt } from '../../../../model/json';
import type { FileSystem, OpenRepository } from '../../../../platform/core/ports';
import type { DescribedAction } from '../../../plugins/core';
import { InputError } from '../../../scm/core/forgeFiles';
import {
  findTemplate,
  taskSteps,
  type FoundTemplate,
  type MergeRequest,
  type TemplateEngine,
  type TemplateRun,
  type ValidationError,
} from '..';
import { compareFiles } from './compareFiles';
import type { FileUpdate } from './fileUpdates';
import { filledValues, makeRecord } from './makeRecord';
import { digestOf, type RecordedFile, type TemplateRecord } from './templateRecord';

/** A dry run of one version of a Template. */
export interface RenderRequest {
  readonly template: FoundTemplate;
  /** File system that contains the Template, now or at an earlier commit. */
  readonly fileSystem: FileSystem;
  readonly values: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly user: string | undefined;
  readonly taskId: string;
}

export interface CheckDeps {
  readonly fileSystem: FileSystem;
  readonly engine: TemplateEngine;
  readonly openRepository: OpenRepository;
  readonly signal: AbortSignal;
  /** Renders as a dry run does. */
  readonly render: (request: RenderRequest) => Promise<TemplateRun>;
}

export interface CheckRequest {
  /** URI of the project's folder. */
  readonly project: string;
  readonly record: TemplateRecord;
  /** The current version. */
  readonly template: FoundTemplate & { readonly isShipped: boolean };
  /** Values that replace recorded ones, by name. */
  readonly values?: JsonObject;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Whether the run creates all recorded files. False if it skips steps that may create files. */
  readonly isComplete: boolean;
  readonly labels: MergeRequest['labels'];
}

export type TemplateCheck =
  /** The recorded values no longer fit the Template's parameters. */
  | { readonly type: 'unfit'; readonly errors: readonly ValidationError[] }
  | { readonly type: 'failed'; readonly error: string }
  | {
      readonly type: 'checked';
      readonly updates: readonly FileUpdate[];
      /** The record after all updates. */
      readonly record: TemplateRecord;
    };

/** Whether a dry run skips steps of a Template, which may create files: steps whose actions don't support dry runs. */
export function skipsSteps(
  { entity }: FoundTemplate,
  {
    contributed,
    described,
  }: {
    readonly contributed: Iterable<ScaffolderAction>;
    readonly described: readonly DescribedAction[];
  },
): boolean {
  const ids = new Set(described.map(({ id }) => id));
  for (const { id, supportsDryRun } of contributed) {
    if (supportsDryRun) ids.delete(id);
    else ids.add(id);
  }
  return taskSteps(recordAt(entity, 'spec')['steps']).some(({ action }) => ids.has(action));
}

/** Runs the current Template with a project's recorded values and returns the changes. Writes nothing. */
export async function checkTemplate(
  request: CheckRequest,
  deps: CheckDeps,
): Promise<TemplateCheck> {
  const { project, template, secrets = {}, isComplete, labels } = request;
  const { fileSystem, engine, signal } = deps;
  const given = { ...request.record.values, ...request.values };
  const record = { ...request.record, values: given };
  const { parameters } = recordAt(template.entity, 'spec');
  const values = await filledValues(parameters, record, deps);
  const { user, task } = record.template;
  const taskId = task ?? `update-${crypto.randomUUID()}`;
  const run = await deps.render({ template, fileSystem, values, secrets, user, taskId });
  const { status, error, errors } = run.result;
  signal.throwIfAborted();
  if (errors) return { type: 'unfit', errors };
  if (status !== 'completed') return { type: 'failed', error: error ?? '' };
  const updates = await compareFiles(
    { project, recorded: record.files, next: run.files, isComplete, labels },
    {
      fileSystem,
      engine,
      signal,
      findBases: wanted => findBases(wanted, { ...request, record, taskId, secrets }, deps),
    },
  );
  const made = { template, run, values, secrets, user, taskId };
  return { type: 'checked', updates, record: await makeRecord(made, deps) };
}

interface BaseRequest extends Pick<CheckRequest, 'project' | 'record' | 'template'> {
  readonly secrets: Readonly<Record<string, string>>;
  readonly taskId: string;
}

/** Finds base versions of files in the project's history, or by running old versions of the Template. */
async function findBases(
  wanted: ReadonlyMap<string, RecordedFile>,
  request: BaseRequest,
  deps: CheckDeps,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const bases = new Map<string, Uint8Array>();
  await findInHistory(wanted, bases, request.project, deps);
  const commits = new Set<string>();
  for (const [path, { commit = request.record.template.commit }] of wanted) {
    if (!bases.has(path) && commit !== undefined) commits.add(commit);
  }
  for (const commit of [...commits].slice(0, MAX_VERSIONS)) {
    const made = await renderAtCommit(commit, request, deps);
    for (const [path, { digest }] of wanted) {
      const file = bases.has(path) ? undefined : made.get(path);
      if (file && (await digestOf(file.content)) === digest) bases.set(path, file.content);
    }
  }
  return bases;
}

/** Maximum number of old Template versions to run. */
const MAX_VERSIONS = 5;

async function findInHistory(
  wanted: ReadonlyMap<string, RecordedFile>,
  bases: Map<string, Uint8Array>,
  project: string,
  { openRepository, signal }: CheckDeps,
): Promise<void> {
  const repository = await openRepository(project, signal);
  if (!repository) return;
  try {
    const prefix = relativePath(repository.root, project);
    if (prefix === undefined) return;
    const start = prefix === '' ? '' : `${prefix}/`;
    const paths = [...wanted.keys()].map(path => `${start}${path}`);
    await repository.visitHistory(paths, async (path, content) => {
      signal.throwIfAborted();
      const name = path.slice(start.length);
      if ((await digestOf(content)) !== wanted.get(name)?.digest) return false;
      bases.set(name, content);
      return true;
    });
  } finally {
    repository.dispose();
  }
}

/** Files that the Template created at a commit. Empty if that version can't be run. */
async function renderAtCommit(
  commit: string,
  { record, template, secrets, taskId }: BaseRequest,
  { openRepository, render, signal }: CheckDeps,
): Promise<TemplateRun['files']> {
  const none: TemplateRun['files'] = new Map();
  const repository = await openRepository(dirnameUri(template.file), signal);
  if (!repository) return none;
  try {
    const files = await repository.readCommit(commit);
    const path = record.template.path ?? relativePath(repository.root, template.file);
    if (!files || path === undefined) return none;
    const { fileSystem } = files;
    const found = await findTemplate(joinUri(repository.root, path), path, fileSystem);
    const { values } = record;
    const { user } = record.template;
    const run = await render({ template: found, fileSystem, values, secrets, user, taskId });
    return run.files;
  } catch (error) {
    if (error instanceof InputError) return none;
    throw error;
  } finally {
    repository.dispose();
  }
}
