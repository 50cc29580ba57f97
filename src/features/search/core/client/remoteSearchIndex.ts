import { DisposableStore, Emitter, errorMessage } from '../../../../base';
import type { Thread, ThreadPort } from '../../../../platform/core/ports';
import type { SearchIndex, SearchIndexClient } from '../types';
import { abortReason, closedError } from './inProcessSearchIndex';
import { InProcessSearchIndex } from './inProcessSearchIndex';

type Method = Exclude<keyof SearchIndexClient, 'dispose'>;
/** Arguments without the signal, which can't be sent. */
type Args<M extends Method> =
  Parameters<SearchIndexClient[M]> extends readonly [...infer Sent, AbortSignal]
    ? Sent
    : Parameters<SearchIndexClient[M]>;
type Answer<M extends Method> = Awaited<ReturnType<SearchIndexClient[M]>>;

/** Message to the index thread. Both sides come from one build, so neither validates messages. */
type Request =
  | { readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  /** Cancels a request. */
  | { readonly cancel: number };

/** Message from the index thread, one for each request. */
type Reply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly failure: string };

/** The index thread ended, and the index with it. */
export class IndexLostError extends Error {
  override readonly name = 'IndexLostError';
}

/** Executes the requests that a `RemoteSearchIndex` at the other end of a port sends. */
export function serveIndex(port: ThreadPort, index: SearchIndex): void {
  const client = new InProcessSearchIndex(index);
  const running = new Map<number, AbortController>();
  const reply = (answer: Reply, output?: unknown): void =>
    port.post(answer, transferablesIn(output));
  port.onMessage(message => {
    const request = message as Request;
    if ('cancel' in request) {
      running.get(request.cancel)?.abort();
      return;
    }
    const { id, method, args } = request;
    const abort = new AbortController();
    running.set(id, abort);
    const perform = client[method] as (...args: unknown[]) => Promise<unknown>;
    perform(...args, abort.signal)
      .then(output => reply({ id, output }, output))
      .catch((error: unknown) => reply({ id, failure: errorMessage(error) }))
      .finally(() => running.delete(id));
  });
}

/** In bytes. Node reads small files into shared buffers, which must not be transferred. */
const MIN_TRANSFERRED = 64 * 1024;

/** Buffers to transfer to the other thread; they become unusable on this one. */
function transferablesIn(value: unknown): readonly ArrayBuffer[] {
  if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) return [];
  return value.byteLength >= MIN_TRANSFERRED ? [value.buffer] : [];
}

interface Call {
  succeed(output: unknown): void;
  fail(error: Error): void;
}

/** A search index in its own thread, which runs `serveIndex`. */
export class RemoteSearchIndex implements SearchIndexClient {
  #thread: Thread;
  #store = new DisposableStore();
  #ended = this.#store.add(new Emitter<Error>());
  #calls = new Map<number, Call>();
  #lastId = 0;
  /** Error that later calls fail with. */
  #end: Error | undefined;

  /** Fires when the thread has ended. */
  readonly onDidEnd = this.#ended.event;

  /** @param thread - disposed with this */
  constructor(thread: Thread) {
    this.#thread = this.#store.add(thread);
    this.#store.add(thread.onMessage(message => this.#take(message as Reply)));
    this.#store.add(
      thread.onDidEnd(error => {
        this.#failAll(new IndexLostError(error.message, { cause: error }));
        this.#ended.fire(error);
      }),
    );
  }

  put: SearchIndexClient['put'] = sources => this.#call('put', [sources]);

  retain: SearchIndexClient['retain'] = (type, ids) => this.#call('retain', [type, ids]);

  stamps: SearchIndexClient['stamps'] = type => this.#call('stamps', [type]);

  setWeights: SearchIndexClient['setWeights'] = weights => this.#call('setWeights', [weights]);

  search: SearchIndexClient['search'] = (query, signal) => this.#call('search', [query], signal);

  values: SearchIndexClient['values'] = (...args) => this.#call('values', args);

  statistics: SearchIndexClient['statistics'] = () => this.#call('statistics', []);

  save: SearchIndexClient['save'] = () => this.#call('save', []);

  load: SearchIndexClient['load'] = bytes => this.#call('load', [bytes]);

  clear: SearchIndexClient['clear'] = () => this.#call('clear', []);

  dispose(): void {
    this.#failAll(closedError());
    this.#store.dispose();
  }

  #call<M extends Method>(method: M, args: Args<M>, signal?: AbortSignal): Promise<Answer<M>> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      if (signal?.aborted) return reject(abortReason(signal));
      const id = ++this.#lastId;
      const onAbort = (): void => {
        end();
        this.#thread.post({ cancel: id } satisfies Request);
        if (signal) reject(abortReason(signal));
      };
      const end = (): void => {
        this.#calls.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      this.#calls.set(id, {
        succeed(output) {
          end();
          resolve(output as Answer<M>);
        },
        fail(error) {
          end();
          reject(error);
        },
      });
      signal?.addEventListener('abort', onAbort);
      try {
        this.#thread.post({ id, method, args } satisfies Request, args.flatMap(transferablesIn));
      } catch (error) {
        // Values that can't be cloned can't be sent.
        this.#calls.get(id)?.fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  #take(reply: Reply): void {
    const call = this.#calls.get(reply.id);
    if ('failure' in reply) call?.fail(new Error(reply.failure));
    else call?.succeed(reply.output);
  }

  #failAll(error: Error): void {
    // The first error counts: closing a thread that has crashed still reports the crash.
    this.#end ??= error;
    for (const call of [...this.#calls.values()]) call.fail(error);
  }
}
