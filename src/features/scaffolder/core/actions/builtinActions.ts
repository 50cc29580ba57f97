import type { ScaffolderAction } from '../../../../api';
import type { Clock } from '../../../../platform/core/ports';
import type { RepoHosts } from '../../../scm/core/forges';
import type { DescribedAction } from '../../../plugins/core';
import { backstageActions } from '../../../templates/core';
import { outputExample } from '../task/exampleOutput';
import { type EntityLookup, fetchEntity, writeEntity } from './catalogActions';
import { log, wait } from './debugActions';
import { dryRuns } from './dryRuns';
import { fetchPlain, fetchPlainFile } from './fetchPlain';
import {
  type RenderingDeps,
  fetchTemplate,
  fetchTemplateFile,
  workspaceTemplate,
  workspaceTemplateFile,
} from './fetchTemplate';
import { deleteFiles, readFolders, renameFiles } from './fileActions';
import { backstageAction } from './inputs';

export interface BuiltinActionDeps extends RenderingDeps {
  readonly catalog: EntityLookup;
  readonly clock: Clock;
}

const actions: Readonly<Record<string, (deps: BuiltinActionDeps) => ScaffolderAction>> = {
  'fetch:plain': ({ sources }) => fetchPlain(sources),
  'fetch:plain:file': ({ sources }) => fetchPlainFile(sources),
  'fetch:template': fetchTemplate,
  'fetch:template:file': fetchTemplateFile,
  'workspace:template': workspaceTemplate,
  'workspace:template:file': workspaceTemplateFile,
  'fs:delete': () => deleteFiles,
  'fs:rename': () => renameFiles,
  'fs:readdir': () => readFolders,
  'catalog:fetch': ({ catalog }) => fetchEntity(catalog),
  'catalog:write': () => writeEntity,
  'debug:log': () => log,
  'debug:wait': ({ clock }) => wait(clock),
};

/** Actions of Backstage's scaffolder that use only the task's workspace. */
export function builtinActions(deps: BuiltinActionDeps): readonly ScaffolderAction[] {
  return Object.values(actions).map(make => make(deps));
}

/** Ids of the actions that use only the task's workspace. */
export const workspaceActions: ReadonlySet<string> = new Set(Object.keys(actions));

/**
 * Backstage's own actions that can't run here, because they call servers or start programs. Some have their own
 * dry run.
 */
export function simulatedActions(
  known: ReadonlySet<string>,
  hosts: RepoHosts,
): readonly ScaffolderAction[] {
  const own = dryRuns(hosts);
  return backstageActions
    .ids()
    .filter(id => !known.has(id))
    .map(id => skippedAction(id, backstageActions.get(id)?.supportsDryRun ? own[id] : undefined));
}

function skippedAction(
  id: string,
  dryRun: ReturnType<typeof dryRuns>[string] | undefined,
): ScaffolderAction {
  const action = backstageAction(id, context => {
    if (context.isDryRun && dryRun) return dryRun(context);
    context.logger.warn(`${id} runs only in Backstage and was skipped`);
    outputExample(action, context);
  });
  return { ...action, supportsDryRun: dryRun !== undefined };
}

/** An action that a plugin describes, and that only its code or a Backstage runs. Its input is validated. */
export function describedAction({ id, description, input }: DescribedAction): ScaffolderAction {
  return {
    id,
    ...(description !== undefined && { description }),
    schema: input ? { input } : {},
    supportsDryRun: true,
    handler(context) {
      context.skip(`Callboard has no implementation of ${id}`);
      return Promise.resolve();
    },
  };
}
