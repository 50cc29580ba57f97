import { asSentence, trailing } from './text/text';

/** Log of the program; in the editor, an output channel with log levels. */
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

/** Returns the message of any thrown value. */
export function errorMessage(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    // A plugin can throw an object whose text can't be read.
    return 'Unknown error';
  }
}

/** Returns the message of an error, followed by its `advice`, if it has any. */
export function messageWithAdvice(error: unknown): string {
  const message = errorMessage(error);
  const advice: unknown = error instanceof Error ? Reflect.get(error, 'advice') : undefined;
  if (typeof advice !== 'string' || advice === '') return message;
  // TLS messages end with a colon.
  const sentence = message.slice(0, message.length - trailing(message, /[:\s]/).length);
  return `${asSentence(sentence)} ${advice}`;
}

/** Whether an error is an AbortError. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
