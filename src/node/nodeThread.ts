import { Worker } from 'node:worker_threads';
import { DisposableStore, Emitter } from '../base';
import type { Thread } from '../core/ports';

/** A worker thread, which does not keep the process alive. */
export class NodeThread implements Thread {
  #store = new DisposableStore();
  #messages = this.#store.add(new Emitter<unknown>());
  #ended = this.#store.add(new Emitter<Error>());
  #worker: Worker;
  #error: Error | undefined;

  readonly onMessage = this.#messages.event;
  readonly onDidEnd = this.#ended.event;

  /**
   * @param script - URL of what it runs; it talks to a `threadPort` of its own
   * @throws where the process can have no more threads
   */
  constructor(script: string) {
    // What it prints has no place to go in the editor, and none on the command line.
    this.#worker = new Worker(new URL(script), { stdout: true, stderr: true });
    this.#worker.unref();
    this.#worker.on('message', (message: unknown) => this.#messages.fire(message));
    // An error is followed by the exit.
    this.#worker.on('error', (error: Error) => (this.#error = error));
    this.#worker.on('exit', code =>
      this.#ended.fire(this.#error ?? new Error(`The thread ended with ${code}`)),
    );
  }

  post(message: unknown, transferables: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transferables);
  }

  dispose(): void {
    this.#store.dispose();
    void this.#worker.terminate();
  }
}
