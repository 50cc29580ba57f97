import { onDemand } from '../../../base';
import {
  type WorkerJob,
  WorkerFailure,
  type WorkerPool,
  type WorkerRunOptions,
} from '../../core/ports';

/** Worker threads whose management, too, is loaded when there is work for them. */
export class WorkerPoolOnDemand implements WorkerPool {
  #isDisposed = false;
  #opened: WorkerPool | undefined;
  #open: () => Promise<WorkerPool | undefined>;

  /** @param script - URL of the script that the workers run; it calls `serveJobs` */
  constructor(script: string) {
    this.#open = onDemand(async () => {
      const { NodeWorkerPool } = await import('./nodeWorkerPool');
      if (!this.#isDisposed) this.#opened = new NodeWorkerPool({ script });
      return this.#opened;
    });
  }

  async run<I, O>(job: WorkerJob<I, O>, input: I, options?: WorkerRunOptions): Promise<O> {
    const pool = await this.#open();
    if (!pool) throw new WorkerFailure('unavailable', 'There are no workers any more');
    return pool.run(job, input, options);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#opened?.dispose();
  }
}
