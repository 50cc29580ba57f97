import type { ScaffolderAction } from '../../../../api';
import { fileError, joinPath, parentPath } from '../../../scm/core/forgeFiles';
import type { TemplateSources } from '../sources/templateSources';
import { backstageSchema } from './backstageSchema';
import { copyTree } from './copyTree';
import { textInput } from './inputs';

/** Source: `createFetchPlainAction`. */
export function fetchPlain(sources: TemplateSources): ScaffolderAction {
  return {
    ...backstageSchema('fetch:plain'),
    supportsDryRun: true,
    async handler({ input, workspace, logger, templateInfo, signal }) {
      logger.info('Fetching plain content from remote URL');
      const target = workspace.resolve(textInput(input, 'targetPath') ?? './');
      const url = textInput(input, 'url') ?? '.';
      const options = { signal, token: textInput(input, 'token') };
      copyTree(await sources.readTree(url, templateInfo.baseUrl, options), workspace, target);
    },
  };
}

/** Source: `createFetchPlainFileAction`. Unlike with other actions, the folder must be there. */
export function fetchPlainFile(sources: TemplateSources): ScaffolderAction {
  return {
    ...backstageSchema('fetch:plain:file'),
    supportsDryRun: true,
    async handler({ input, workspace, logger, templateInfo, signal }) {
      logger.info('Fetching plain content from remote URL');
      const target = workspace.resolve(textInput(input, 'targetPath') ?? '');
      const destination = joinPath(workspace.path, target);
      const url = textInput(input, 'url') ?? '.';
      const file = await sources.readFile(url, templateInfo.baseUrl, destination, {
        signal,
        token: textInput(input, 'token'),
      });
      const folder = parentPath(target);
      if (!workspace.isDirectory(folder)) {
        throw fileError(
          workspace.has(folder) ? 'ENOTDIR' : 'ENOENT',
          'copyfile',
          file.origin,
          destination,
        );
      }
      if (workspace.isDirectory(target)) {
        throw fileError('EISDIR', 'copyfile', file.origin, destination);
      }
      workspace.writeFile(target, file.content, { isExecutable: file.isExecutable });
    },
  };
}
