import type * as vscode from 'vscode';
import type { Logger } from '../../base';

/** The output channel "Callboard", whose level is set by "Developer: Set Log Level…". */
export class VsCodeLogger implements Logger {
  #channel: vscode.LogOutputChannel;

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  trace(message: string): void {
    this.#channel.trace(message);
  }

  debug(message: string): void {
    this.#channel.debug(message);
  }

  info(message: string): void {
    this.#channel.info(message);
  }

  warn(message: string): void {
    this.#channel.warn(message);
  }

  error(message: string, error?: unknown): void {
    if (error === undefined) this.#channel.error(message);
    else this.#channel.error(`${message}: ${describeError(error)}`);
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  caused by ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
