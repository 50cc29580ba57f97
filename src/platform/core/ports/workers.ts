import type { Disposable, Event } from '../../../base';
import type { FileSystem } from './files';

/** What a job may use of the world. */
export interface WorkerWorld {
  readonly fileSystem: FileSystem;
}

/** Work that can be done on another thread: plain data in, plain data out. Declared once, for both sides. */
export interface WorkerJob<I, O> {
  readonly name: string;
  run(input: I, world: WorkerWorld): Promise<O>;
  /** @throws TypeError for what is no input */
  readInput(value: unknown): I;
  /** @throws TypeError for what is no output */
  readOutput(value: unknown): O;
  /** What of the output is handed over to the other side and not copied. */
  transferables?(output: O): readonly ArrayBuffer[];
}

/** Threads that do jobs. One that dies is replaced, and what it was doing is begun again, once. */
export interface WorkerPool extends Disposable {
  /**
   * @param options.isUrgent - whether somebody waits for it with nothing else to do: it comes before
   *   what is not
   * @param options.keepWorker - milliseconds for which the worker that did it is kept for the like
   * @throws WorkerFailure; AbortError when the signal is aborted; an Error as the job threw it
   */
  run<I, O>(job: WorkerJob<I, O>, input: I, options?: WorkerRunOptions): Promise<O>;
}

export interface WorkerRunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly isUrgent?: boolean;
  readonly keepWorker?: number | undefined;
}

/**
 * Why a job came to nothing: there are no workers to be had, those that took it up died of it, or it
 * did not come to an end.
 */
export type WorkerFailureReason = 'unavailable' | 'crashed' | 'timeout';

export class WorkerFailure extends Error {
  override readonly name = 'WorkerFailure';
  readonly reason: WorkerFailureReason;

  constructor(reason: WorkerFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** One end of a line between two threads. What is said on it is plain data. */
export interface ThreadPort {
  readonly onMessage: Event<unknown>;
  /**
   * @param transferables - what of the message is handed over to the other side and not copied
   * @throws where the message is no data
   */
  post(message: unknown, transferables?: readonly ArrayBuffer[]): void;
}

/** A thread needed more memory than it may have. */
export class ThreadMemoryError extends Error {
  override readonly name = 'ThreadMemoryError';
}

/** A thread that goes on until it is disposed. */
export interface Thread extends ThreadPort, Disposable {
  /** It has ended by itself, or could not be started. Carries why, too little memory as a `ThreadMemoryError`; not told once it is disposed. */
  readonly onDidEnd: Event<Error>;
}
