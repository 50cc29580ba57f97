import { setMaxListeners } from 'node:events';

/** The time for a command's cleanup after a signal, in milliseconds. */
const GRACE = 50;

/** The maximum time that the process waits for work which undoes itself, in milliseconds. */
const LONGEST_UNDO = 2_000;

/** Exit codes by signal, as shells report them: 128 and the number of the signal. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type Signal = keyof typeof signalExitCodes;

/** The part of `process` that is needed to end on a signal. */
export interface InterruptibleProcess {
  on(signal: Signal, listener: () => void): unknown;
  exit(code: number): unknown;
}

/**
 * Ends the process soon after a signal, whatever a command is doing. The command is aborted first, and has a moment to
 * clean up. A second signal ends the process at once.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #process: InterruptibleProcess;
  readonly #undoable = new Set<Promise<unknown>>();
  #exitCode: number | undefined;

  constructor(process: InterruptibleProcess) {
    this.#process = process;
    // Many concurrent operations listen to it, which is no leak.
    setMaxListeners(0, this.#controller.signal);
    for (const signal of Object.keys(signalExitCodes) as Signal[]) {
      process.on(signal, () => this.#interrupt(signalExitCodes[signal]));
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The exit code of the signal; undefined if there was none. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** Runs work that undoes itself when aborted; the process waits for it. */
  async undoable<T>(work: () => Promise<T>): Promise<T> {
    const running = work();
    const settled = running.catch(() => {});
    this.#undoable.add(settled);
    try {
      return await running;
    } finally {
      this.#undoable.delete(settled);
    }
  }

  #interrupt(exitCode: number): void {
    if (this.#exitCode !== undefined) {
      this.#process.exit(exitCode);
      return;
    }
    this.#exitCode = exitCode;
    this.#controller.abort();
    const end = (): void => void this.#process.exit(exitCode);
    setTimeout(() => {
      if (!this.#undoable.size) return end();
      void Promise.all(this.#undoable).then(end);
      setTimeout(end, LONGEST_UNDO).unref();
    }, GRACE).unref();
  }
}
