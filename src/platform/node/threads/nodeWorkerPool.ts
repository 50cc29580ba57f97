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
  /** Workers at the same time. */
  readonly size?: number;
  /**
   * Milliseconds after which workers without work are stopped. Work comes in heaps, and what is made
   * of it afterwards wants the memory that they hold.
   */
  readonly idle?: number;
  /** Milliseconds that a job may take. */
  readonly timeout?: number;
  /** Milliseconds that a worker may take to load its script. */
  readonly startTimeout?: number;
  /** Milliseconds that a job may go on when nobody waits for it any more: others may stand behind it. */
  readonly grace?: number;
  /** The heap of one worker, in megabytes; one that needs more is stopped. */
  readonly maxHeap?: number;
}

interface Task {
  readonly job: string;
  readonly input: unknown;
  readonly isUrgent: boolean;
  readonly keepWorker: number;
  attempts: number;
  isDone: boolean;
  succeed(output: unknown): void;
  fail(error: Error): void;
}

interface Runner {
  readonly worker: Worker;
  /** Whether its script has been loaded: one that dies before that cannot be started here at all. */
  isReady: boolean;
  /** What it does, and what it does next. */
  readonly tasks: Task[];
  /** By the clock of `performance`: it is not stopped before. */
  keptUntil: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A worker has a second job waiting for it, so that it does not stand idle until a thread that is busy
 * itself has time to give it one.
 */
const JOBS_AT_HAND = 2;
/** A job is tried again once after its worker died: it may not have been the job's fault. */
const ATTEMPTS = 2;
/**
 * Another worker is started when more jobs than this wait for those that there are: each has to load
 * and to warm up first, which takes as long as many jobs do afterwards.
 */
const BACKLOG = 6;
/**
 * Megabytes for what lives for a moment only. By itself a thread takes six times as much, and is no
 * faster for it at our jobs.
 */
const YOUNG_HEAP = 8;
/** After so many workers in a row that died before they were ready, no more are started. */
const FAILED_STARTS = 2;

/**
 * Worker threads, started when there is work and stopped when there has been none for a while. They
 * do not keep the process alive, except while they work.
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
    { signal, isUrgent = false, keepWorker = 0 }: WorkerRunOptions = {},
  ): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      if (signal?.aborted) return reject(abortReason(signal));
      const task: Task = {
        job: job.name,
        input,
        isUrgent,
        keepWorker,
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

  /** Stops all workers; jobs that are not done fail as if there had been none. */
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

  /** What is urgent, unless it has something urgent at hand: neither keeps the other out. */
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
      // What is no data cannot be handed over: no reply will come, and the next is not to this.
      task.fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    runner.tasks.push(task);
    runner.worker.ref();
    if (runner.tasks.length === 1) this.#watchFirst(runner);
  }

  /** The worker is at the first of its jobs from now on. */
  #watchFirst(runner: Runner): void {
    clearTimeout(runner.timer);
    const [task] = runner.tasks;
    if (!task) {
      runner.worker.unref();
      return;
    }
    if (!runner.isReady) {
      // That it does not start is not the job's fault.
      runner.timer = setTimeout(() => void runner.worker.terminate(), this.#options.startTimeout);
      return;
    }
    task.attempts++;
    const { grace, timeout } = this.#options;
    runner.timer = setTimeout(
      () => {
        task.fail(new WorkerFailure('timeout', `The job ${task.job} took too long`));
        void runner.worker.terminate();
      },
      task.isDone ? grace : timeout,
    );
  }

  /** However many jobs there are, a signal is listened to once: Node warns of more than ten. */
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
        // What it prints has no place to go in the editor, and none on the command line.
        stdout: true,
        stderr: true,
      });
    } catch {
      this.#failedStarts = FAILED_STARTS;
      this.#failWaiting();
      return undefined;
    }
    const runner: Runner = { worker, isReady: false, tasks: [], keptUntil: 0, timer: undefined };
    this.#runners.add(runner);
    worker.on('message', (message: unknown) => this.#take(runner, message));
    // An error is followed by the exit.
    worker.on('error', () => {});
    worker.on('exit', () => this.#bury(runner));
    worker.unref();
    return runner;
  }

  #take(runner: Runner, message: unknown): void {
    // What was on its way when it was stopped is for nobody.
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
