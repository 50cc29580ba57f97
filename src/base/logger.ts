import { trailing } from './text/text';

/** Where diagnostics of the program itself go; in the editor an output channel with log levels. */
export interface Logger {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

export const silentLogger: Logger = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
};

/** The message of whatever was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The message of an error, and what to do, where the error says that, too. */
export function messageWithAdvice(error: unknown): string {
  const message = errorMessage(error);
  const advice: unknown = error instanceof Error ? Reflect.get(error, 'advice') : undefined;
  if (typeof advice !== 'string' || advice === '') return message;
  // Messages of TLS end in a colon.
  const said = message.slice(0, message.length - trailing(message, /[:\s]/).length);
  return `${/[.!?…]$/.test(said) ? said : `${said}.`} ${advice}`;
}

/** Whether something was given up because its signal was aborted. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
