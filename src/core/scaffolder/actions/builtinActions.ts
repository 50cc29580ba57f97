import type { ScaffolderAction } from '../../../api';
import { backstageActions } from '../../templates';
import type { Clock } from '../../ports';
import { backstageSchema } from './backstageSchema';
import { type EntityLookup, fetchEntity, writeEntity } from './catalogActions';
import { log, wait } from './debugActions';
import { fetchPlain, fetchPlainFile } from './fetchPlain';
import { type FillingDeps, fetchTemplate, workspaceTemplate } from './fetchTemplate';
import { fetchTemplateFile, workspaceTemplateFile } from './fetchTemplateFile';
import { deleteFiles, readFolders, renameFiles } from './fileActions';

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

/**
 * Those of Backstage's own that only a dry run can pass over: they publish, register or ask others. Without a
 * dry run they say that they cannot be run.
 */
export function simulatedActions(known: ReadonlySet<string>): readonly ScaffolderAction[] {
  return backstageActions
    .ids()
    .filter(id => !known.has(id))
    .map(id => ({
      ...backstageSchema(id),
      handler: () =>
        Promise.reject(
          new Error(`Callboard can only tell what ${id} would be given, and not run it`),
        ),
    }));
}
