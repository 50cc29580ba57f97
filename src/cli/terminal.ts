import type { Logger } from '../base';
import { consoleLogger } from '../platform/node';
import { createPaint, type Paint, printable, printableLines, wantsColors } from './output/style';

/** The output of a command: a terminal, a pipe, a file, or a test. */
export interface Terminal {
  /**
   * Writes results. Writes nothing after an interruption, unless the text reports it (`isCancelled`).
   *
   * @throws the signal's reason when the command was interrupted
   */
  write(text: string, options?: { readonly isCancelled?: boolean }): void;
  /** Writes a line to stderr, without its line break: a warning, an error or other information. */
  writeError(line: string): void;
  /** Replaces the progress line; undefined removes it. */
  showProgress(text: string | undefined): void;
  readonly paint: Paint;
  /** The number of columns for tables; undefined if the output isn't a terminal. */
  readonly width: number | undefined;
}

/** Writes a warning, which may contain untrusted text. */
export function warn(terminal: Terminal, message: string): void {
  terminal.writeError(`${terminal.paint('yellow', 'warning')}: ${printable(message)}`);
}

/** Logs warnings and errors to a terminal. */
export function terminalLogger(terminal: Terminal): Logger {
  return consoleLogger('warn', line => terminal.writeError(printable(line)));
}

/** Returns the terminal of this process. @param exitCode - code to exit with when output is lost */
export function processTerminal(exitCode: number): Terminal {
  const { stdout, stderr, env } = process;
  const terminal = new ProcessTerminal({
    stdout,
    stderr,
    env,
    onWriteError(error) {
      terminal.writeError(`callboard: cannot write: ${error.message}`);
      process.exit(exitCode);
    },
  });
  return terminal;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The delay before progress is shown, and the time between updates, in milliseconds. */
const progressDelay = 100;
const progressInterval = 100;

/**
 * The streams of a process, which nothing else of a command writes to. Escapes all control characters. Shows progress
 * on a terminal only.
 */
export class ProcessTerminal implements Terminal {
  #stdout: NodeJS.WriteStream;
  #stderr: NodeJS.WriteStream;
  #progressShown = false;
  #nextProgress = Date.now() + progressDelay;
  #progressTimer: NodeJS.Timeout | undefined;
  readonly #colors: boolean;
  readonly paint: Paint;
  readonly width: number | undefined;

  constructor({
    stdout,
    stderr,
    env,
    onWriteError,
  }: {
    stdout: NodeJS.WriteStream;
    stderr: NodeJS.WriteStream;
    env: Environment;
    /** Called when output is lost, as on a full disk. */
    onWriteError: (error: Error) => void;
  }) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#colors = wantsColors(env, stdout.isTTY);
    this.paint = createPaint(this.#colors);
    // Some terminals report a width of 0 if they don't know it.
    this.width = (stdout.isTTY && stdout.columns) || undefined;
    // A reader may close the pipe early (`| head`), which isn't an error.
    for (const stream of [stdout, stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') onWriteError(error);
      });
    }
  }

  write(text: string): void {
    this.showProgress(undefined);
    this.#stdout.write(printableLines(text, this.#colors));
  }

  writeError(line: string): void {
    this.showProgress(undefined);
    this.#stderr.write(`${printableLines(line, this.#colors)}\n`);
  }

  showProgress(text: string | undefined): void {
    if (!this.#stderr.isTTY) return;
    clearTimeout(this.#progressTimer);
    if (text === undefined) {
      if (this.#progressShown) this.#stderr.write('\r\u001b[K');
      this.#progressShown = false;
      return;
    }
    const now = Date.now();
    if (now < this.#nextProgress) {
      // The last text of a phase must be shown even if the next phase is silent.
      const show = (): void => this.showProgress(text);
      this.#progressTimer = setTimeout(show, this.#nextProgress - now).unref();
      return;
    }
    this.#nextProgress = now + progressInterval;
    this.#stderr.write(`\r\u001b[K${printable(text)}`);
    this.#progressShown = true;
  }
}
