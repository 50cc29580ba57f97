import type { ScaffolderAction, TaskWorkspace } from '../../../../api';
import type { JsonObject } from '../../../../model';
import type { Clock } from '../../../../platform/core/ports';
import { joinPath } from '../../../scm/core/forgeFiles';
import { loggedJson } from '../task/loggedJson';
import { backstageAction, backstageSchema, textInput } from './inputs';

/** Source: `createDebugLogAction`. */
export const log = backstageAction('debug:log', ({ input, workspace, logger }) => {
  logger.info(loggedJson(input));
  const message = textInput(input, 'message');
  if (message) logger.info(message);
  const { listWorkspace } = input;
  if (listWorkspace) {
    const withContents = listWorkspace === 'with-contents';
    const lines = filesBelow(workspace, '').map(path =>
      withContents
        ? ` - ${path}:\n\n  ${new TextDecoder().decode(workspace.readFile(path))}`
        : `  - ${path}`,
    );
    logger.info(`Workspace:\n${lines.join('\n')}`);
  }
});

/** Paths of all files, in depth-first order, unlike `entries`. */
function filesBelow(workspace: TaskWorkspace, folder: string): readonly string[] {
  return workspace.list(folder).flatMap(({ name, isDirectory }) => {
    const path = joinPath(folder, name);
    return isDirectory ? filesBelow(workspace, path) : [path];
  });
}

/** Milliseconds. */
const MAX_WAIT = 10 * 60 * 1000;

/** Source: `createWaitAction`. */
export function wait(clock: Clock): ScaffolderAction {
  return {
    ...backstageSchema('debug:wait'),
    async handler({ input, signal }) {
      const milliseconds =
        numberInput(input, 'minutes') * 60_000 +
        numberInput(input, 'seconds') * 1000 +
        numberInput(input, 'milliseconds');
      if (milliseconds > MAX_WAIT) {
        throw new Error(
          'Waiting duration is longer than the maximum threshold of 0 hours, 10 minutes, 0 seconds',
        );
      }
      await clock.delay(milliseconds, signal);
    },
  };
}

function numberInput(input: JsonObject, name: string): number {
  const value = input[name];
  return typeof value === 'number' ? value : 0;
}
