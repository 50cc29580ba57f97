import type { Logger } from '../base';
import { consoleLogger } from '../platform/node';
import { createPaint, type Paint, printable, printableLines, wantsColors } from './output/style';

/** Where a command speaks to: a terminal, a pipe, a file, or a test. */
export interface Terminal {
  /**
   * The result. Nothing is written once the command was interrupted, unless the text says so itself (`isCancelled`).
   *
   * @throws the signal's reason when the command was interrupted
   */
  write(text: string, options?: { readonly isCancelled?: boolean }): void;
  /** All that is not the result: warnings, mistakes, progress. A line, without its end. */
  writeError(line: string): void;
  /** Replaces the line that shows how far the work has come; undefined takes it away. */
  showProgress(text: string | undefined): void;
  readonly paint: Paint;
  /** In which a table must fit; undefined where nobody looks. */
  readonly width: number | undefined;
}

/** Writes a warning, which may hold text of others. */
export function warn(terminal: Terminal, message: string): void {
  terminal.writeError(`${terminal.paint('yellow', 'warning')}: ${printable(message)}`);
}

/** Logs warnings and errors to a terminal. */
export function terminalLogger(terminal: Terminal): Logger {
  return consoleLogger('warn', line => terminal.writeError(printable(line)));
}

/** Returns the terminal of this process. @param exitCode - ends the process when its output is lost */
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

/** How long work may last before progress is shown, and how long each state is, in milliseconds. */
const progressDelay = 400;
const progressInterval = 100;

/**
 * The streams of a process, which nothing else of a command writes to. Characters that a terminal could obey are written
 * as escapes, wherever they come from. Progress is shown on a terminal only.
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
    /** Told when output is lost, as on a full disk. */
    onWriteError: (error: Error) => void;
  }) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#colors = wantsColors(env, stdout.isTTY);
    this.paint = createPaint(this.#colors);
    // Some terminals do not know how wide they are and say 0.
    this.width = (stdout.isTTY && stdout.columns) || undefined;
    // Whoever reads may have enough (`| head`): that is nobody's mistake, and nothing to report.
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
      // The last text of a phase must not stay hidden while the next one is silent.
      const show = (): void => this.showProgress(text);
      this.#progressTimer = setTimeout(show, this.#nextProgress - now).unref();
      return;
    }
    this.#nextProgress = now + progressInterval;
    this.#stderr.write(`\r\u001b[K${printable(text)}`);
    this.#progressShown = true;
  }
}
