import type { Logger } from '../../base';

/** The minimum level that is logged. */
export type ConsoleLogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

const levels: readonly ConsoleLogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];

/** Logs to a writer, line by line. Writes the stacks of errors only at debug level. */
export function consoleLogger(level: ConsoleLogLevel, write: (line: string) => void): Logger {
  const lowest = levels.indexOf(level);
  const at =
    (name: ConsoleLogLevel) =>
    (message: string, error?: unknown): void => {
      if (levels.indexOf(name) < lowest) return;
      write(`${name}: ${message}${error === undefined ? '' : `: ${details(error, lowest <= 1)}`}`);
    };
  return {
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

function details(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return String(error);
  return (withStack ? error.stack : undefined) ?? error.message;
}
