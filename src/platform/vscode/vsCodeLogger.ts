import type * as vscode from 'vscode';
import { errorMessage, type Logger } from '../../base';

/** Logs to the output channel "Callboard", whose level is set by "Developer: Set Log Level…". */
export function channelLogger(channel: vscode.LogOutputChannel): Logger {
  return {
    trace: message => channel.trace(message),
    debug: message => channel.debug(message),
    info: message => channel.info(message),
    warn: message => channel.warn(message),
    error: (message, error) =>
      channel.error(error === undefined ? message : `${message}: ${describeError(error)}`),
  };
}

/** Maximum number of causes, and of characters of each. */
const MAX_CAUSES = 5;
const MAX_LENGTH = 10_000;

function describeError(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return errorMessage(error).slice(0, MAX_LENGTH);
  const cause =
    error.cause === undefined || depth === MAX_CAUSES
      ? ''
      : `\n  caused by ${describeError(error.cause, depth + 1)}`;
  return `${String(error.stack ?? errorMessage(error)).slice(0, MAX_LENGTH)}${cause}`;
}
