import type * as vscode from 'vscode';
import type { Logger } from '../../base';

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

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  caused by ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
