import type { Connection } from 'vscode-languageserver';
import { errorMessage, type Logger } from '../base';

/** Writes to the log that the client shows. */
export function connectionLogger({ console }: Pick<Connection, 'console'>): Logger {
  return {
    trace: () => undefined,
    debug: message => console.debug(message),
    info: message => console.info(message),
    warn: message => console.warn(message),
    error(message, error) {
      const stack = error instanceof Error ? error.stack : undefined;
      console.error(error === undefined ? message : `${message}: ${stack ?? errorMessage(error)}`);
    },
  };
}
