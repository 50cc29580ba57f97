import type { MessagePort } from 'node:worker_threads';
import { Emitter, errorMessage, isRecord } from '../../../base';
import type { ParentPort, WorkerJob, WorkerWorld } from '../../core/ports';

type AnyJob = WorkerJob<unknown, unknown>;
/** Loads the job with a name, and possibly others of the same module. */
type LoadJobs = (name: string) => Promise<readonly AnyJob[]>;

/** Runs the jobs requested over a port, until it is closed. */
export function serveJobs(port: MessagePort, loadJobs: LoadJobs, world: WorkerWorld): void {
  let before = Promise.resolve();
  // One after the other, because replies don't identify their request.
  port.on('message', (message: unknown) => {
    before = before.then(async () => {
      const { reply, transferables = [] } = await perform(message, loadJobs, world);
      try {
        port.postMessage(reply, transferables);
      } catch (error) {
        // The output can't be cloned: report it, so that the caller doesn't wait forever.
        port.postMessage({ isOk: false, message: errorMessage(error) } satisfies JobReply);
      }
    });
  });
  port.postMessage(READY);
}

async function perform(
  message: unknown,
  loadJobs: LoadJobs,
  world: WorkerWorld,
): Promise<{ reply: JobReply; transferables?: readonly ArrayBuffer[] | undefined }> {
  try {
    if (!isJobRequest(message)) throw new TypeError('Not a request for a job');
    const job = (await loadJobs(message.job)).find(({ name }) => name === message.job);
    if (!job) throw new TypeError(`There is no job ${message.job}`);
    const output = await job.run(job.readInput(message.input), world);
    return { reply: { isOk: true, output }, transferables: job.transferables?.(output) };
  } catch (error) {
    return { reply: { isOk: false, message: errorMessage(error) } };
  }
}

/** Returns the connection to the thread that started this one. */
export function threadPort(port: MessagePort): ParentPort {
  const messages = new Emitter<unknown>();
  let answer = (_question: unknown): unknown => {
    throw new Error('The thread answers no questions');
  };
  let line: QuestionLine | undefined;
  port.on('message', (message: unknown) => {
    if (!isQuestion(message)) return messages.fire(message);
    line = message.line ?? line;
    if (line) answerQuestion(line, () => answer(message.question));
  });
  return {
    onMessage: messages.event,
    post: (message, transferables = []) => port.postMessage(message, transferables),
    onQuestion: handler => (answer = handler),
  };
}

/** The connection for answers to a blocked thread. */
export interface QuestionLine {
  readonly port: MessagePort;
  /** Becomes 1 when the answer has been sent. */
  readonly signal: Int32Array;
}

/** A message with a question. The first one has the line for all answers. */
export interface Question {
  readonly type: 'question';
  readonly question: unknown;
  readonly line?: QuestionLine;
}

function isQuestion(message: unknown): message is Question {
  return isRecord(message) && message['type'] === 'question';
}

function answerQuestion({ port, signal }: QuestionLine, answer: () => unknown): void {
  try {
    port.postMessage({ answer: answer() });
  } catch (error) {
    // Also for answers that can't be cloned.
    port.postMessage({ error: errorMessage(error) });
  }
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}

/** A request to a worker, one at a time. */
export interface JobRequest {
  readonly job: string;
  readonly input: unknown;
}

/** The first message of a worker, once it accepts jobs. */
export const READY = 'ready';

/** The reply of a worker to one request. */
type JobReply =
  | { readonly isOk: true; readonly output: unknown }
  | { readonly isOk: false; readonly message: string };

function isJobRequest(value: unknown): value is JobRequest {
  return isRecord(value) && typeof value['job'] === 'string';
}

export function isJobReply(value: unknown): value is JobReply {
  if (!isRecord(value)) return false;
  return (
    value['isOk'] === true || (value['isOk'] === false && typeof value['message'] === 'string')
  );
}
