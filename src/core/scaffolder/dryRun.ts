import { errorMessage } from '../../base';
import type { Clock, FileSystem } from '../ports';
import { builtinActions, simulatedActions } from './actions/builtinActions';
import type { EntityLookup } from './actions/catalogActions';
import { defaultRepoHosts } from './rendering/repoUrl';
import type { TemplateEngine } from './rendering/templateEngine';
import { LocalSources } from './sources/localSources';
import { runTask, type TaskDeps, type TaskRequest } from './task/runTask';
import type { TaskResult } from './task/taskEvents';
import { MemoryWorkspace, type TaskFile } from './workspace/memoryWorkspace';
import { publishedFiles } from './workspace/publishedFiles';

/** What is tried out: a Template of a file, with what its form would give. */
export interface DryRunRequest extends Pick<
  TaskRequest,
  'template' | 'values' | 'secrets' | 'user' | 'taskId'
> {
  /** URI of the file that the Template stands in. */
  readonly file: string;
  /** URI of the repository around it, which nothing may be fetched from outside of; undefined: there is none. */
  readonly repository: string | undefined;
  /** What the workspace is called in messages: an absolute path with `/`. Nothing need be there. */
  readonly workspacePath: string;
}

export interface DryRunDeps extends Pick<TaskDeps, 'engine' | 'signal' | 'onLog'> {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly engine: TemplateEngine;
  readonly catalog: EntityLookup;
}

export interface DryRun {
  readonly result: TaskResult;
  /** What the Template made, by its paths; nothing where it failed. */
  readonly files: ReadonlyMap<string, TaskFile>;
}

/** Runs a Template as Backstage's dry run does: what publishes or registers is passed over. */
export async function dryRun(
  { template, file, repository, workspacePath, ...request }: DryRunRequest,
  { fileSystem, clock, catalog, ...deps }: DryRunDeps,
): Promise<DryRun> {
  const workspace = new MemoryWorkspace(workspacePath);
  const hosts = defaultRepoHosts;
  const sources = new LocalSources(fileSystem, repository);
  const builtin = builtinActions({ sources, catalog, clock, hosts, engine: deps.engine });
  const simulated = simulatedActions(new Set(builtin.map(({ id }) => id)), hosts);
  const actions = new Map([...builtin, ...simulated].map(action => [action.id, action]));
  const result = await runTask(
    {
      ...request,
      template,
      // As in Backstage's dry run, which does not know the Template by its name either.
      templateInfo: { entityRef: 'template:default/dry-run', baseUrl: file },
      isDryRun: true,
    },
    { ...deps, workspace, hosts, action: id => actions.get(id) },
  );
  if (result.status !== 'completed') return { result, files: new Map() };
  try {
    return { result, files: publishedFiles(workspace) };
  } catch (error) {
    const failed = { ...result, status: 'failed', output: {}, error: errorMessage(error) } as const;
    return { result: failed, files: new Map() };
  }
}
