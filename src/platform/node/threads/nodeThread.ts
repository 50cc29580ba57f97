import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import { DisposableStore, Emitter, errorMessage, isRecord } from '../../../base';
import { type Thread, ThreadMemoryError } from '../../core/ports';
import type { Question } from './serveJobs';

/** A worker thread that doesn't keep the process alive. */
export class NodeThread implements Thread {
  #store = new DisposableStore();
  #messages = this.#store.add(new Emitter<unknown>());
  #ended = this.#store.add(new Emitter<Error>());
  #output = this.#store.add(new Emitter<string>());
  #worker: Worker;
  #error: Error | undefined;
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  #answers: MessagePort | undefined;

  readonly onMessage = this.#messages.event;
  readonly onDidEnd = this.#ended.event;
  readonly onOutput = this.#output.event;

  /**
   * @param script - URL of the script, which uses a `threadPort`
   * @param options.maxHeap - in megabytes; default: Node's
   * @throws if the process can't start another thread
   */
  constructor(script: string, { maxHeap }: { readonly maxHeap?: number } = {}) {
    // Its output must not end up in the protocol's stream or on the terminal.
    this.#worker = new Worker(new URL(script), {
      stdout: true,
      stderr: true,
      ...(maxHeap !== undefined && { resourceLimits: { maxOldGenerationSizeMb: maxHeap } }),
    });
    this.#worker.unref();
    // Unread output would stay in memory.
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.#output.fire(text));
    }
    this.#worker.on('message', (message: unknown) => this.#messages.fire(message));
    // An `error` event is followed by `exit`.
    this.#worker.on('error', error => (this.#error = failureOf(error)));
    this.#worker.on('exit', code =>
      this.#ended.fire(this.#error ?? new Error(`The thread ended with ${code}`)),
    );
  }

  post(message: unknown, transferables: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transferables);
  }

  ask(question: unknown, timeout: number): { readonly answer: unknown } | undefined {
    const signal = this.#signal;
    Atomics.store(signal, 0, 0);
    if (this.#answers) {
      this.#worker.postMessage({ type: 'question', question } satisfies Question);
    } else {
      const { port1, port2: port } = new MessageChannel();
      this.#answers = port1;
      const first = { type: 'question', question, line: { port, signal } } satisfies Question;
      this.#worker.postMessage(first, [port]);
    }
    if (Atomics.wait(signal, 0, 0, timeout) === 'timed-out') return undefined;
    const message: unknown = receiveMessageOnPort(this.#answers)?.message;
    const { answer, error } = isRecord(message) ? message : {};
    if (typeof error === 'string') throw new Error(error);
    return { answer };
  }

  dispose(): void {
    this.#store.dispose();
    this.#answers?.close();
    void this.#worker.terminate();
  }
}

function failureOf(error: unknown): Error {
  const isOfMemory = isRecord(error) && error['code'] === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isOfMemory) return new ThreadMemoryError(errorMessage(error));
  return error instanceof Error ? error : new Error(errorMessage(error));
}
