import type { ScaffolderAction, ScaffolderActionContext } from '../../../../api';
import { joinPath } from '../../../scm/core/forgeFiles';
import { backstageSchema } from './backstageSchema';
import { errorOf, type FillingDeps, settingsOf } from './fetchTemplate';
import { flagInput, textInput } from './inputs';
import { shownValues } from './shownValues';

/** Source: `createFetchTemplateFileAction`. */
export function fetchTemplateFile(deps: FillingDeps): ScaffolderAction {
  return {
    ...backstageSchema('fetch:template:file'),
    supportsDryRun: true,
    handler: context =>
      fillFile(context, deps, async ({ input, logger, templateInfo, workspace, step, signal }) => {
        logger.info('Fetching template file content from remote URL');
        const url = textInput(input, 'url') ?? '.';
        const destination = `${workspace.path}_step-${step.id}-XXXXXX/tmp`;
        const file = await deps.sources.readFile(url, templateInfo.baseUrl, destination, {
          signal,
          token: textInput(input, 'token'),
        });
        return () => file.content;
      }),
  };
}

/** Source: `createWorkspaceTemplateFileAction`. */
export function workspaceTemplateFile(deps: FillingDeps): ScaffolderAction {
  return {
    ...backstageSchema('workspace:template:file'),
    supportsDryRun: true,
    handler: context =>
      fillFile(context, deps, ({ input, workspace }) => {
        const source = workspace.resolve(textInput(input, 'sourcePath') ?? '');
        return Promise.resolve(() => workspace.readFile(source));
      }),
  };
}

/** Source: `createTemplateFileActionHandler`. */
async function fillFile(
  context: ScaffolderActionContext,
  { engine, hosts }: FillingDeps,
  findFile: (context: ScaffolderActionContext) => Promise<() => Uint8Array>,
): Promise<void> {
  const { input, workspace, logger, signal } = context;
  const written = textInput(input, 'targetPath') ?? '';
  const target = workspace.resolve(written);
  if (workspace.has(target) && !flagInput(input, 'replace')) {
    logger.info(`File ${written} already exists in workspace, not replacing.`);
    return;
  }
  const readFile = await findFile(context);
  const settings = settingsOf(input, hosts);
  logger.info(`Processing template file with input values${shownValues(settings.values)}`);
  const { text, error } = await engine.file(readFile(), settings, signal);
  if (error) throw errorOf(error);
  workspace.writeFile(target, text ?? '');
  logger.info(`Template file has been written to ${joinPath(workspace.path, target)}`);
}
