import type { MessagePort } from 'node:worker_threads';
import { errorMessage } from '../base';
import type { WorkerJob, WorkerWorld } from '../core/ports';
import { isJobRequest, type JobReply, READY } from './workerMessages';

/** Does the jobs that are asked for over a port, until it is closed. */
export function serveJobs(
  port: MessagePort,
  jobs: readonly WorkerJob<unknown, unknown>[],
  world: WorkerWorld,
): void {
  port.on('message', (message: unknown) => {
    void perform(message, jobs, world).then(reply => port.postMessage(reply));
  });
  port.postMessage(READY);
}

async function perform(
  message: unknown,
  jobs: readonly WorkerJob<unknown, unknown>[],
  world: WorkerWorld,
): Promise<JobReply> {
  try {
    if (!isJobRequest(message)) throw new TypeError('Not a request for a job');
    const job = jobs.find(({ name }) => name === message.job);
    if (!job) throw new TypeError(`There is no job ${message.job}`);
    return { isOk: true, output: await job.run(job.readInput(message.input), world) };
  } catch (error) {
    return { isOk: false, message: errorMessage(error) };
  }
}
