import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  type WorkerJob,
  WorkerFailure,
  type WorkerPool,
  type WorkerRunOptions,
} from '../../core/ports';
import { isJobReply, type JobRequest, READY } from './serveJobs';

export interface NodeWorkerPoolOptions {
  /** URL of the script that the workers run; it calls `serveJobs`. */
  readonly script: string;
  /** The maximum number of workers. */
  readonly size?: number;
  /** The time in milliseconds after which idle workers are stopped, to free their memory between bursts of work. */
  readonly idle?: number;
  /** The maximum time of a job that names none, in milliseconds. */
  readonly timeout?: number;
  /** The maximum time for a worker to load its script, in milliseconds. */
  readonly startTimeout?: number;
  /**
   * The time in milliseconds that an aborted job may continue before its worker is stopped: other jobs may wait behind
   * it.
   */
  readonly grace?: number;
  /** The maximum heap of a worker, in megabytes; a worker that needs more is stopped. */
  readonly maxHeap?: number;
}

interface Task {
  readonly job: string;
  readonly input: unknown;
  readonly isUrgent: boolean;
  readonly keepWorker: number;
  /** In milliseconds. */
  readonly timeout: number;
  attempts: number;
  isDone: boolean;
  succeed(output: unknown): void;
  fail(error: Error): void;
}

interface Runner {
  readonly worker: Worker;
  /** Whether its script is loaded. A worker that dies before that can't be started here at all. */
  isReady: boolean;
  /** The current task, and the next one. */
  readonly tasks: Task[];
  /** The `performance` time before which it isn't stopped. */
  keptUntil: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The number of tasks of a worker: the second one waits, so that the worker doesn't idle until a busy main thread
 * assigns the next.
 */
const JOBS_AT_HAND = 2;
/** The number of attempts for a job whose worker died, since the job may not be the reason. */
const ATTEMPTS = 2;
/**
 * The number of waiting jobs beyond which another worker is started: loading and warming up one takes as long as many
 * jobs.
 */
const BACKLOG = 6;
/**
 * The size of the young generation in megabytes. Node's default is six times as large without being faster for these
 * jobs.
 */
const YOUNG_HEAP = 8;
/** The number of consecutive failed starts after which no more workers are started. */
const FAILED_STARTS = 2;

/**
 * A pool of worker threads, started on demand and stopped when idle. They keep the process alive only while they work.
 */
export class NodeWorkerPool implements WorkerPool {
  #options: Required<NodeWorkerPoolOptions>;
  #waiting: Task[] = [];
  #runners = new Set<Runner>();
  #watched = new Map<AbortSignal, { readonly tasks: Set<Task>; readonly onAbort: () => void }>();
  #idleTimer: NodeJS.Timeout | undefined;
  #failedStarts = 0;
  #isDisposed = false;

  constructor(options: NodeWorkerPoolOptions) {
    this.#options = {
      size: Math.min(2, availableParallelism()),
      idle: 500,
      timeout: 30_000,
      startTimeout: 30_000,
      grace: 1000,
      maxHeap: 1024,
      ...options,
    };
  }

  run<I, O>(
    job: WorkerJob<I, O>,
    input: I,
    {
      signal,
      isUrgent = false,
      keepWorker = 0,
      timeout = this.#options.timeout,
    }: WorkerRunOptions = {},
  ): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      if (signal?.aborted) return reject(abortReason(signal));
      const task: Task = {
        job: job.name,
        input,
        isUrgent,
        keepWorker,
        timeout,
        attempts: 0,
        isDone: false,
        succeed(output) {
          end();
          try {
            resolve(job.readOutput(output));
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        },
        fail(error) {
          end();
          reject(error);
        },
      };
      const end = (): void => {
        task.isDone = true;
        if (signal) this.#unwatch(signal, task);
      };
      if (signal) this.#watch(signal, task);
      this.#waiting.push(task);
      this.#assign();
    });
  }

  /** Stops all workers; pending jobs fail with `unavailable`. */
  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#idleTimer);
    const runners = [...this.#runners];
    this.#runners.clear();
    for (const runner of runners) {
      clearTimeout(runner.timer);
      for (const task of runner.tasks) task.fail(unavailable());
      void runner.worker.terminate();
    }
    this.#failWaiting();
  }

  #assign(): void {
    if (this.#isDisposed || this.#failedStarts >= FAILED_STARTS) {
      this.#failWaiting();
      return;
    }
    clearTimeout(this.#idleTimer);
    while (this.#waiting.length) {
      const runner = this.#runnerForNext();
      if (!runner) return;
      const task = this.#nextFor(runner);
      if (task) this.#give(runner, task);
    }
    if ([...this.#runners].every(({ tasks }) => !tasks.length)) {
      this.#stopIdleIn(this.#options.idle);
    }
  }

  #runnerForNext(): Runner | undefined {
    const [first, ...others] = [...this.#runners].sort((a, b) => a.tasks.length - b.tasks.length);
    if (!first) return this.#start();
    if (!first.tasks.length) return first;
    const isMissed = this.#waiting.length > BACKLOG && others.length + 1 < this.#options.size;
    return (
      (isMissed ? this.#start() : undefined) ??
      (first.tasks.length < JOBS_AT_HAND ? first : undefined)
    );
  }

  /** Returns the next task: an urgent one, unless the worker has one already, so that neither kind starves. */
  #nextFor({ tasks }: Runner): Task | undefined {
    const hasUrgent = tasks.some(({ isUrgent }) => isUrgent);
    const wanted = this.#waiting.findIndex(({ isUrgent }) => isUrgent !== hasUrgent);
    const [task] = this.#waiting.splice(Math.max(0, wanted), 1);
    return task;
  }

  #give(runner: Runner, task: Task): void {
    try {
      runner.worker.postMessage({ job: task.job, input: task.input } satisfies JobRequest);
    } catch (error) {
      // The message can't be cloned: there will be no reply to it.
      task.fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    runner.tasks.push(task);
    runner.worker.ref();
    if (runner.tasks.length === 1) this.#watchFirst(runner);
  }

  /** Starts the timeout of the worker's first task. */
  #watchFirst(runner: Runner): void {
    clearTimeout(runner.timer);
    const [task] = runner.tasks;
    if (!task) {
      runner.worker.unref();
      return;
    }
    if (!runner.isReady) {
      // A failed start isn't the job's fault.
      runner.timer = setTimeout(() => void runner.worker.terminate(), this.#options.startTimeout);
      return;
    }
    task.attempts++;
    runner.timer = setTimeout(
      () => {
        task.fail(new WorkerFailure('timeout', `The job ${task.job} took too long`));
        void runner.worker.terminate();
      },
      task.isDone ? this.#options.grace : task.timeout,
    );
  }

  /** Listens once per signal, however many jobs share it: Node warns of more than ten listeners. */
  #watch(signal: AbortSignal, task: Task): void {
    const watched = this.#watched.get(signal);
    if (watched) {
      watched.tasks.add(task);
      return;
    }
    const tasks = new Set([task]);
    const onAbort = (): void => {
      const aborted = new Set(tasks);
      this.#waiting = this.#waiting.filter(other => !aborted.has(other));
      for (const other of aborted) other.fail(abortReason(signal));
      for (const runner of this.#runners) {
        const [first] = runner.tasks;
        if (first && aborted.has(first)) this.#watchFirst(runner);
      }
    };
    this.#watched.set(signal, { tasks, onAbort });
    signal.addEventListener('abort', onAbort);
  }

  #unwatch(signal: AbortSignal, task: Task): void {
    const watched = this.#watched.get(signal);
    if (!watched?.tasks.delete(task) || watched.tasks.size) return;
    this.#watched.delete(signal);
    signal.removeEventListener('abort', watched.onAbort);
  }

  #start(): Runner | undefined {
    if (this.#runners.size >= this.#options.size) return undefined;
    let worker: Worker;
    try {
      worker = new Worker(new URL(this.#options.script), {
        resourceLimits: {
          maxOldGenerationSizeMb: this.#options.maxHeap,
          maxYoungGenerationSizeMb: YOUNG_HEAP,
        },
        // Its output must not end up in the protocol's stream or on the terminal.
        stdout: true,
        stderr: true,
      });
    } catch {
      // The work that waits fails, and its callers hear that threads aren't available.
      this.#failedStarts = FAILED_STARTS;
      this.#failWaiting();
      return undefined;
    }
    const runner: Runner = { worker, isReady: false, tasks: [], keptUntil: 0, timer: undefined };
    this.#runners.add(runner);
    worker.on('message', (message: unknown) => this.#take(runner, message));
    // An `error` event is followed by `exit`.
    worker.on('error', () => {});
    worker.on('exit', () => this.#bury(runner));
    worker.unref();
    return runner;
  }

  #take(runner: Runner, message: unknown): void {
    // A message that was on its way when the worker was stopped.
    if (!this.#runners.has(runner)) return;
    if (message === READY) {
      runner.isReady = true;
      this.#failedStarts = 0;
      this.#watchFirst(runner);
    }
    if (!isJobReply(message)) return;
    const task = runner.tasks.shift();
    if (task) {
      runner.keptUntil = Math.max(runner.keptUntil, performance.now() + task.keepWorker);
    }
    this.#watchFirst(runner);
    if (task && !task.isDone) {
      if (message.isOk) task.succeed(message.output);
      else task.fail(new Error(message.message));
    }
    this.#assign();
  }

  #bury(runner: Runner): void {
    if (!this.#runners.delete(runner)) return;
    if (!runner.isReady) this.#failedStarts++;
    clearTimeout(runner.timer);
    const [task, ...others] = runner.tasks;
    this.#waiting.unshift(...others.filter(({ isDone }) => !isDone));
    if (task && !task.isDone) {
      if (!runner.isReady || task.attempts < ATTEMPTS) this.#waiting.unshift(task);
      else task.fail(new WorkerFailure('crashed', `Workers died of the job ${task.job}`));
    }
    this.#assign();
  }

  #stopIdleIn(milliseconds: number): void {
    this.#idleTimer = setTimeout(() => this.#stopIdle(), milliseconds).unref();
  }

  #stopIdle(): void {
    const now = performance.now();
    const idle = [...this.#runners].filter(({ tasks }) => !tasks.length);
    for (const runner of idle.filter(({ keptUntil }) => keptUntil <= now)) {
      this.#runners.delete(runner);
      void runner.worker.terminate();
    }
    const kept = idle.filter(({ keptUntil }) => keptUntil > now);
    if (kept.length) {
      this.#stopIdleIn(Math.ceil(Math.min(...kept.map(({ keptUntil }) => keptUntil - now))));
    }
  }

  #failWaiting(): void {
    for (const task of this.#waiting.splice(0)) task.fail(unavailable());
  }
}

function unavailable(): WorkerFailure {
  return new WorkerFailure('unavailable', 'No worker can be started');
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError');
}
