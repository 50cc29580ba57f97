import type { Logger } from '../../base';

/** The lowest level that is written; the others are dropped. */
export type ConsoleLogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

const levels: readonly ConsoleLogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];

/** Logs to a writer, a line at a time. An error's stack is written where debugging was asked for. */
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
