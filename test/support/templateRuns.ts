import { parse } from 'yaml';
import type { ScaffolderAction } from '../../src/api';
import {
  builtinActions,
  LocalSources,
  MemoryWorkspace,
  publishedFiles,
  runTask,
  simulatedActions,
  type TaskCheckpoint,
  type TaskFile,
  type TaskLogEntry,
  type TaskResult,
  TemplateEngine,
} from '../../src/features/scaffolder/core';
import { defaultRepoHosts } from '../../src/features/scm/core/forges';
import { type JsonObject, stringifyEntityRef } from '../../src/model';
import type { FileSystem, WorkerPool } from '../../src/platform/core/ports';
import { InMemoryFileSystem } from './inMemoryFileSystem';
import { TestClock } from './testClock';

export interface TemplateRun {
  /** A whole Template, or the text of its `spec` without owner and type. */
  readonly template: JsonObject | string;
  readonly values?: JsonObject;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly entities?: readonly JsonObject[];
  /** Files beside the Template by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Location of the Template, instead of `files`. */
  readonly place?: { readonly fileSystem: FileSystem; readonly file: string };
  readonly actions?: readonly ScaffolderAction[];
  readonly workers?: WorkerPool;
  readonly workspace?: MemoryWorkspace;
  readonly signal?: AbortSignal;
  readonly isDryRun?: boolean;
  /** State to continue from, with the kept workspace. */
  readonly resume?: TaskCheckpoint;
}

export interface RunOutcome extends TaskResult {
  readonly log: readonly TaskLogEntry[];
  readonly files: ReadonlyMap<string, TaskFile>;
  /** State that another run can continue from. */
  readonly checkpoint: TaskCheckpoint | undefined;
}

/** Name of the run's workspace. */
export const WORKSPACE = '/tmp/dry-run-1';

/** Runs a Template like a dry run of Backstage. */
export async function runTemplate({
  template,
  values = {},
  secrets = {},
  entities = [],
  files = {},
  place,
  actions: added = [],
  workers,
  resume,
  workspace = resume?.workspace ?? new MemoryWorkspace(WORKSPACE),
  signal = new AbortController().signal,
  isDryRun = true,
}: TemplateRun): Promise<RunOutcome> {
  const fileSystem =
    place?.fileSystem ??
    new InMemoryFileSystem(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`/source/${path}`, text])),
    );
  const engine = new TemplateEngine(workers);
  const hosts = defaultRepoHosts;
  const known = new Map(entities.map(entity => [refOf(entity), entity]));
  const builtin = builtinActions({
    sources: new LocalSources(fileSystem, undefined),
    catalog: { getEntityByRef: ref => Promise.resolve(known.get(ref)) },
    clock: new TestClock(),
    engine,
    hosts,
  });
  const simulated = simulatedActions(new Set(builtin.map(({ id }) => id)), hosts);
  const actions = new Map([...builtin, ...simulated, ...added].map(action => [action.id, action]));
  const log: TaskLogEntry[] = [];
  let checkpoint: TaskCheckpoint | undefined;
  const result = await runTask(
    {
      template: typeof template === 'string' ? templateOf(template) : template,
      templateInfo: {
        entityRef: 'template:default/dry-run',
        baseUrl: place?.file ?? 'file:///source/template.yaml',
      },
      user: {},
      taskId: 'dry-run-1',
      values,
      secrets,
      isDryRun,
    },
    {
      action: id => actions.get(id),
      onLog: entry => log.push(entry),
      onCheckpoint: kept => (checkpoint = kept),
      ...(resume ? { resume } : {}),
      engine,
      workspace,
      hosts,
      signal,
    },
  );
  return { ...result, log, files: publishedFiles(workspace), checkpoint };
}

export function templateOf(spec: string): JsonObject {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'test' },
    spec: { owner: 'team-a', type: 'service', ...(parse(spec) as JsonObject) },
  };
}

/** Returns files as texts by path. */
export function textsOf(files: ReadonlyMap<string, TaskFile>): Record<string, string> {
  return Object.fromEntries(
    [...files].map(([path, { content }]) => [path, new TextDecoder().decode(content)]),
  );
}

function refOf(entity: JsonObject): string {
  const { name, namespace = 'default' } = entity['metadata'] as Record<string, string>;
  return stringifyEntityRef({ kind: entity['kind'] as string, namespace, name: name ?? '' });
}
