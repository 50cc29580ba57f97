import type { ScaffolderAction } from '../../../../api';
import type { Clock } from '../../../../platform/core/ports';
import type { RepoHosts } from '../../../scm/core/forges';
import { backstageActions } from '../../../templates/core';
import { exampleOutput } from '../task/exampleOutput';
import { type EntityLookup, fetchEntity, writeEntity } from './catalogActions';
import { log, wait } from './debugActions';
import { dryRuns } from './dryRuns';
import { fetchPlain, fetchPlainFile } from './fetchPlain';
import {
  type FillingDeps,
  fetchTemplate,
  fetchTemplateFile,
  workspaceTemplate,
  workspaceTemplateFile,
} from './fetchTemplate';
import { deleteFiles, readFolders, renameFiles } from './fileActions';
import { backstageSchema } from './inputs';

export interface BuiltinActionDeps extends FillingDeps {
  readonly catalog: EntityLookup;
  readonly clock: Clock;
}

/** The actions of Backstage's scaffolder that touch nothing but the task's workspace. */
export function builtinActions(deps: BuiltinActionDeps): readonly ScaffolderAction[] {
  return [
    fetchPlain(deps.sources),
    fetchPlainFile(deps.sources),
    fetchTemplate(deps),
    fetchTemplateFile(deps),
    workspaceTemplate(deps),
    workspaceTemplateFile(deps),
    deleteFiles,
    renameFiles,
    readFolders,
    fetchEntity(deps.catalog),
    writeEntity,
    log,
    wait(deps.clock),
  ];
}

/** Their ids. */
export const workspaceActions: ReadonlySet<string> = new Set([
  'fetch:plain',
  'fetch:plain:file',
  'fetch:template',
  'fetch:template:file',
  'workspace:template',
  'workspace:template:file',
  'fs:delete',
  'fs:rename',
  'fs:readdir',
  'catalog:fetch',
  'catalog:write',
  'debug:log',
  'debug:wait',
]);

/**
 * Those of Backstage's own that nothing here does: they ask others, or run what is not here. In a dry run, some
 * do what their own dry run does.
 */
export function simulatedActions(
  known: ReadonlySet<string>,
  hosts: RepoHosts,
): readonly ScaffolderAction[] {
  const own = dryRuns(hosts);
  return backstageActions
    .ids()
    .filter(id => !known.has(id))
    .map(id => passedOver(id, backstageActions.get(id)?.supportsDryRun ? own[id] : undefined));
}

/** As in a dry run, it gives an example of what it would. */
function passedOver(id: string, dryRun: ScaffolderAction['handler'] | undefined): ScaffolderAction {
  const action = backstageSchema(id);
  return {
    ...action,
    supportsDryRun: dryRun !== undefined,
    handler(context) {
      const { isDryRun, logger, output } = context;
      if (isDryRun && dryRun) return dryRun(context);
      logger.warn(`${id} is passed over: only a Backstage does it`);
      for (const [name, value] of Object.entries(exampleOutput(action.schema?.output))) {
        output(name, value);
      }
      return Promise.resolve();
    },
  };
}
