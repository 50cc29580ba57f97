import type { ScaffolderAction } from '../../../api';
import { errorMessage } from '../../../base';
import type { JsonObject } from '../../../model';
import type { Clock, FileSystem } from '../../../platform/core/ports';
import type { TemplateEnvironment } from '../../appConfig/core';
import type { DescribedAction } from '../../plugins/core';
import { defaultRepoHosts, type RepoHosts } from '../../scm/core/forges';
import type { AddressesOfHosts } from '../../scm/core/urlReaders';
import { builtinActions, describedAction, simulatedActions } from './actions/builtinActions';
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

/** Backstage settings that Templates can read. */
export interface ScaffolderSettings {
  readonly hosts: RepoHosts;
  /** Addresses that integrations set. */
  readonly addresses?: AddressesOfHosts;
  readonly environment: TemplateEnvironment;
}

/** Defaults without an app config. */
export const defaultScaffolderSettings: ScaffolderSettings = {
  hosts: defaultRepoHosts,
  environment: { parameters: {}, secrets: {} },
};

/** A run of a Template with the values of its form. */
export interface TemplateRunRequest extends TaskRequest {
  /** URI of the git repository that local sources must be in. Undefined if there is none. */
  readonly repository: string | undefined;
  /** Path of the workspace in messages, absolute with `/`. It need not exist. */
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
  /** Actions besides those that only use the workspace. Other Backstage actions are skipped. */
  readonly actions?: readonly ScaffolderAction[];
  /** Actions that plugins describe. Those without an implementation are skipped. */
  readonly described?: readonly DescribedAction[] | undefined;
  /** Git hosts by type. Default: those that Backstage knows without settings. */
  readonly hosts?: RepoHosts | undefined;
  /** Addresses that integrations set. */
  readonly addresses?: AddressesOfHosts | undefined;
  /** Remote access. Undefined if there is none. */
  readonly remote?: Omit<RemoteSourcesDeps, 'hosts' | 'addresses'> | undefined;
}

export interface TemplateRun {
  readonly result: TaskResult;
  /** Files that the Template created. Empty if it failed. */
  readonly files: ReadonlyMap<string, TaskFile>;
  /** Files that steps read, by origin. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/** A completed run with its input. */
export interface RecordedRun {
  readonly template: FoundTemplate & { readonly isShipped: boolean };
  readonly run: Pick<TemplateRun, 'files' | 'sources'>;
  readonly values: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly user: string | undefined;
  readonly taskId: string;
}

/** Runs a Template in memory. The caller writes the files. */
export async function runTemplate(
  { repository, workspacePath, ...request }: TemplateRunRequest,
  {
    fileSystem,
    clock,
    catalog,
    actions: others = [],
    described = [],
    hosts = defaultRepoHosts,
    addresses,
    remote,
    ...deps
  }: TemplateRunDeps,
): Promise<TemplateRun> {
  // A copy, because another run may resume from the same checkpoint.
  const workspace = deps.resume?.workspace.copy() ?? new MemoryWorkspace(workspacePath);
  const local = new LocalSources(fileSystem, repository);
  const sources = new TaskSources(
    local,
    remote &&
      (async () => {
        const { RemoteSources } = await import('./sources/remoteSources');
        return new RemoteSources({ ...remote, hosts, addresses });
      }),
  );
  const builtin = builtinActions({ sources, catalog, clock, hosts, engine: deps.engine });
  const own = [...builtin, ...others];
  const simulated = simulatedActions(new Set(own.map(({ id }) => id)), hosts);
  const known = [...described.map(describedAction), ...simulated, ...own];
  const actions = new Map(known.map(action => [action.id, action]));
  const result = await runTask(request, {
    ...deps,
    workspace,
    hosts,
    action: id => actions.get(id),
  });
  const { filesRead } = sources;
  if (result.status !== 'completed') return { result, files: new Map(), sources: filesRead };
  try {
    return { result, files: publishedFiles(workspace), sources: filesRead };
  } catch (error) {
    const failed = { ...result, status: 'failed', output: {}, error: errorMessage(error) } as const;
    return { result: failed, files: new Map(), sources: filesRead };
  }
}

/** Input of a dry run. */
export interface DryRunRequest extends Omit<TemplateRunRequest, 'templateInfo' | 'isDryRun'> {
  /** URI of the Template's file. */
  readonly file: string;
}

/** Runs a Template as Backstage's dry run does: steps that publish or register are skipped. */
export function dryRun(
  { file, ...request }: DryRunRequest,
  deps: TemplateRunDeps,
): Promise<TemplateRun> {
  // Backstage's dry run doesn't know the Template's name either.
  const templateInfo = { entityRef: 'template:default/dry-run', baseUrl: file };
  return runTemplate({ ...request, templateInfo, isDryRun: true }, deps);
}
