import { MessageChannel } from 'node:worker_threads';
import { DisposableStore, Emitter } from '../../src/base';
import { serveIndex, type SearchIndex } from '../../src/features/search/core';
import type { Thread } from '../../src/platform/core/ports';
import { threadPort } from '../../src/platform/node';

/** A stand-in for a thread. Messages are copied as for a real one. A test can end it. */
export class LocalThread implements Thread {
  #store = new DisposableStore();
  #channel = new MessageChannel();
  #messages = this.#store.add(new Emitter<unknown>());
  #ended = this.#store.add(new Emitter<Error>());

  readonly onMessage = this.#messages.event;
  readonly onDidEnd = this.#ended.event;
  /** Messages in both directions. */
  readonly messages: unknown[] = [];
  isDisposed = false;

  constructor(index: SearchIndex) {
    const { port1, port2 } = this.#channel;
    port1.on('message', (message: unknown) => {
      this.messages.push(message);
      this.#messages.fire(message);
    });
    serveIndex(threadPort(port2), index);
  }

  post(message: unknown, transferables: readonly ArrayBuffer[] = []): void {
    this.messages.push(message);
    this.#channel.port1.postMessage(message, transferables);
  }

  die(error = new Error('It fell')): void {
    this.#channel.port1.close();
    this.#ended.fire(error);
  }

  dispose(): void {
    this.isDisposed = true;
    this.#channel.port1.close();
    this.#store.dispose();
  }
}
