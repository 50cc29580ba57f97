import type { ScaffolderAction } from '../../../api';
import { errorMessage } from '../../../base';
import type { JsonObject } from '../../../model';
import type { Clock, FileSystem } from '../../../platform/core/ports';
import type { TemplateEnvironment } from '../../appConfig/core';
import { defaultRepoHosts, type RepoHosts } from '../../scm/core/forges';
import { builtinActions, simulatedActions } from './actions/builtinActions';
import type { EntityLookup } from './actions/catalogActions';
import type { TemplateEngine } from './rendering/templateEngine';
import { TaskSources } from './sources/taskSources';
import { LocalSources } from './sources/localSources';
import type { RemoteSourcesDeps } from './sources/remoteSources';
import type { SourceFile } from './sources/templateSources';
import { runTask, type TaskDeps, type TaskRequest } from './task/runTask';
import type { TaskResult } from './task/taskEvents';
import type { FoundTemplate } from './templates/findTemplate';
import { MemoryWorkspace, publishedFiles, type TaskFile } from './workspace/memoryWorkspace';

/** What a Backstage is configured with that Templates see. */
export interface ScaffolderSettings {
  readonly hosts: RepoHosts;
  readonly environment: TemplateEnvironment;
}

/** Of one without a config. */
export const defaultScaffolderSettings: ScaffolderSettings = {
  hosts: defaultRepoHosts,
  environment: { parameters: {}, secrets: {} },
};

/** A Template of a file, with what its form would give. */
export interface TemplateRunRequest extends TaskRequest {
  /** URI of the repository around it, which nothing may be fetched from outside of; undefined: there is none. */
  readonly repository: string | undefined;
  /** What the workspace is called in messages: an absolute path with `/`. Nothing need be there. */
  readonly workspacePath: string;
}

export interface TemplateRunDeps extends Pick<
  TaskDeps,
  'engine' | 'signal' | 'onLog' | 'resume' | 'onCheckpoint'
> {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly engine: TemplateEngine;
  readonly catalog: EntityLookup;
  /** Besides those that work on the task's files alone; others of Backstage's are passed over. */
  readonly actions?: readonly ScaffolderAction[];
  /** Hosts of repositories, and what they are; default: those that a Backstage knows by itself. */
  readonly hosts?: RepoHosts | undefined;
  /** How files come from elsewhere; undefined: not at all. */
  readonly remote?: Omit<RemoteSourcesDeps, 'hosts'> | undefined;
}

export interface TemplateRun {
  readonly result: TaskResult;
  /** What the Template made, by its paths; nothing where it failed. */
  readonly files: ReadonlyMap<string, TaskFile>;
  /** What its steps took, by where it was read from. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/** A run that came to its end, and what it was given. */
export interface RecordedRun {
  readonly template: FoundTemplate & { readonly isShipped: boolean };
  readonly run: Pick<TemplateRun, 'files' | 'sources'>;
  readonly values: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly user: string | undefined;
  readonly taskId: string;
}

/** Runs a Template in memory; what it made is for the caller to write. */
export async function runTemplate(
  { repository, workspacePath, ...request }: TemplateRunRequest,
  {
    fileSystem,
    clock,
    catalog,
    actions: others = [],
    hosts = defaultRepoHosts,
    remote,
    ...deps
  }: TemplateRunDeps,
): Promise<TemplateRun> {
  // Another run may go on from the same place.
  const workspace = deps.resume?.workspace.copy() ?? new MemoryWorkspace(workspacePath);
  const local = new LocalSources(fileSystem, repository);
  const sources = new TaskSources(
    local,
    remote &&
      (async () => {
        const { RemoteSources } = await import('./sources/remoteSources');
        return new RemoteSources({ ...remote, hosts });
      }),
  );
  const builtin = builtinActions({ sources, catalog, clock, hosts, engine: deps.engine });
  const own = [...builtin, ...others];
  const simulated = simulatedActions(new Set(own.map(({ id }) => id)), hosts);
  const actions = new Map([...simulated, ...own].map(action => [action.id, action]));
  const result = await runTask(request, {
    ...deps,
    workspace,
    hosts,
    action: id => actions.get(id),
  });
  const { taken } = sources;
  if (result.status !== 'completed') return { result, files: new Map(), sources: taken };
  try {
    return { result, files: publishedFiles(workspace), sources: taken };
  } catch (error) {
    const failed = { ...result, status: 'failed', output: {}, error: errorMessage(error) } as const;
    return { result: failed, files: new Map(), sources: taken };
  }
}

/** The same without what only a run that counts has. */
export interface DryRunRequest extends Omit<TemplateRunRequest, 'templateInfo' | 'isDryRun'> {
  /** URI of the file that the Template stands in. */
  readonly file: string;
}

/** Runs a Template as Backstage's dry run does: what publishes or registers is passed over. */
export function dryRun(
  { file, ...request }: DryRunRequest,
  deps: TemplateRunDeps,
): Promise<TemplateRun> {
  // Nor does Backstage's dry run know the Template by its name.
  const templateInfo = { entityRef: 'template:default/dry-run', baseUrl: file };
  return runTemplate({ ...request, templateInfo, isDryRun: true }, deps);
}
