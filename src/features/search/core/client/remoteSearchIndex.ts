import { DisposableStore, Emitter, errorMessage } from '../../../../base';
import type { Thread, ThreadPort } from '../../../../platform/core/ports';
import type { SearchIndex, SearchIndexClient } from '../types';
import { abortReason, closedError } from './inProcessSearchIndex';
import { InProcessSearchIndex } from './inProcessSearchIndex';

type Method = Exclude<keyof SearchIndexClient, 'dispose'>;
/** Without the signal, which cannot be sent. */
type Args<M extends Method> =
  Parameters<SearchIndexClient[M]> extends readonly [...infer Sent, AbortSignal]
    ? Sent
    : Parameters<SearchIndexClient[M]>;
type Answer<M extends Method> = Awaited<ReturnType<SearchIndexClient[M]>>;

/** To the thread of an index. Both sides are of one build, so neither checks what the other sends. */
type Request =
  | { readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  /** Nobody waits for that one any more. */
  | { readonly cancel: number };

/** From it, once for each request. */
type Reply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly failure: string };

/** Why what was asked of an index has no answer: its thread is gone, with all that was in it. */
export class IndexLostError extends Error {
  override readonly name = 'IndexLostError';
}

/** Does with an index what is asked for over a port, for a `RemoteSearchIndex` at its other end. */
export function serveIndex(port: ThreadPort, index: SearchIndex): void {
  const client = new InProcessSearchIndex(index);
  const running = new Map<number, AbortController>();
  const reply = (answer: Reply, output?: unknown): void => port.post(answer, handedOver(output));
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

/** In bytes. What Node reads of small files shares its memory with others, which must not lose theirs. */
const MIN_HANDED_OVER = 64 * 1024;

/** What of bytes is handed over to the other thread, and gone on this one. */
function handedOver(value: unknown): readonly ArrayBuffer[] {
  if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) return [];
  return value.byteLength >= MIN_HANDED_OVER ? [value.buffer] : [];
}

interface Call {
  succeed(output: unknown): void;
  fail(error: Error): void;
}

/** An index in a thread of its own, which `serveIndex` answers in. */
export class RemoteSearchIndex implements SearchIndexClient {
  #thread: Thread;
  #store = new DisposableStore();
  #ended = this.#store.add(new Emitter<Error>());
  #calls = new Map<number, Call>();
  #lastId = 0;
  /** Why nothing can be asked any more. */
  #end: Error | undefined;

  /** The thread has ended. */
  readonly onDidEnd = this.#ended.event;

  /** @param thread - is disposed with this */
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
        this.#thread.post({ id, method, args } satisfies Request, args.flatMap(handedOver));
      } catch (error) {
        // What is no data cannot be sent, and has no answer.
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
    // The first counts: who closes what has ended already has lost it all the same.
    this.#end ??= error;
    for (const call of [...this.#calls.values()]) call.fail(error);
  }
}
