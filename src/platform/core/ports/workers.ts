import type { Disposable, Event } from '../../../base';
import type { FileSystem } from './files';

/** The environment that a job can access. */
export interface WorkerWorld {
  readonly fileSystem: FileSystem;
}

/** Work that can run on another thread, with plain data as input and output. Declared once, for both threads. */
export interface WorkerJob<I, O> {
  readonly name: string;
  /** Runs the job; called on the worker thread. */
  run(input: I, world: WorkerWorld): Promise<O>;
  /** Validates input from the other thread. @throws TypeError */
  readInput(value: unknown): I;
  /** Validates output from the other thread. @throws TypeError */
  readOutput(value: unknown): O;
  /** Returns the buffers of the output to transfer instead of copy. */
  transferables?(output: O): readonly ArrayBuffer[];
}

/** A pool of threads that run jobs. A crashed thread is replaced, and its jobs are restarted once. */
export interface WorkerPool extends Disposable {
  /**
   * Runs a job on a thread.
   *
   * @param options.isUrgent - whether a user waits for the result: the job runs before those that aren't urgent
   * @param options.keepWorker - how long the thread stays reserved for similar jobs, in milliseconds
   * @throws WorkerFailure; AbortError when the signal is aborted; the error that the job threw
   */
  run<I, O>(job: WorkerJob<I, O>, input: I, options?: WorkerRunOptions): Promise<O>;
}

/** Options of {@link WorkerPool.run}. */
export interface WorkerRunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly isUrgent?: boolean;
  readonly keepWorker?: number | undefined;
  /** The maximum time of the job in milliseconds; default: that of the pool. */
  readonly timeout?: number | undefined;
}

/** The reason why a job failed: no thread can be started, the threads that ran it crashed, or it took too long. */
export type WorkerFailureReason = 'unavailable' | 'crashed' | 'timeout';

/** A job failed for a reason other than its own error. */
export class WorkerFailure extends Error {
  override readonly name = 'WorkerFailure';
  readonly reason: WorkerFailureReason;

  constructor(reason: WorkerFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** One end of a connection between two threads. Messages are plain data. */
export interface ThreadPort {
  readonly onMessage: Event<unknown>;
  /**
   * Sends a message.
   *
   * @param transferables - buffers of the message to transfer instead of copy
   * @throws if the message can't be cloned
   */
  post(message: unknown, transferables?: readonly ArrayBuffer[]): void;
}

/** The connection to the thread that started this one. */
export interface ParentPort extends ThreadPort {
  /** Sets the function that answers questions of `Thread.ask`. Its answers and errors are sent. */
  onQuestion(answer: (question: unknown) => unknown): void;
}

/** A thread ran out of its memory limit. */
export class ThreadMemoryError extends Error {
  override readonly name = 'ThreadMemoryError';
}

/** A thread that runs until it is disposed. */
export interface Thread extends ThreadPort, Disposable {
  /** Fires for text that the thread writes to its standard output or error; undefined if it can't. */
  readonly onOutput?: Event<string>;
  /**
   * Fires when the thread ended on its own or couldn't be started, with the reason: a `ThreadMemoryError` for too
   * little memory. Doesn't fire after disposal.
   */
  readonly onDidEnd: Event<Error>;
  /**
   * Sends a question and blocks this thread until its answer arrives. Undefined if it can't.
   *
   * @param timeout - in milliseconds
   * @returns undefined if there was no answer in time; the thread must be disposed then
   * @throws Error with the message of the other thread's error
   */
  ask?(question: unknown, timeout: number): { readonly answer: unknown } | undefined;
}
