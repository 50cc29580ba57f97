import { DisposableStore, Emitter } from '../../../../base';
import type { Thread } from '../../../../platform/core/ports';
import type { SearchIndexClient } from '../types';
import { abortReason, closedError } from './aborted';
import { handedOver, type IndexRequest, isIndexReply } from './messages';
import { type InputOf, type OperationName, operations, type OutputOf } from './operations';

/** Why what was asked of an index has no answer: its thread is gone, with all that was in it. */
export class IndexLostError extends Error {
  override readonly name = 'IndexLostError';
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
    this.#store.add(thread.onMessage(message => this.#take(message)));
    this.#store.add(
      thread.onDidEnd(error => {
        this.#failAll(new IndexLostError(error.message, { cause: error }));
        this.#ended.fire(error);
      }),
    );
  }

  put: SearchIndexClient['put'] = sources => this.#call('put', sources);

  retain: SearchIndexClient['retain'] = (type, ids) => this.#call('retain', { type, ids });

  stamps: SearchIndexClient['stamps'] = async type => {
    const stamps = new Map<string, string | undefined>();
    for (let from = 0, isLast = false; !isLast;) {
      const page = await this.#call('stamps', { type, from });
      for (const [id, stamp] of page.stamps) stamps.set(id, stamp);
      from += page.stamps.length;
      isLast = page.isLast;
    }
    return stamps;
  };

  setWeights: SearchIndexClient['setWeights'] = weights => this.#call('setWeights', weights);

  search: SearchIndexClient['search'] = (query, signal) => this.#call('search', query, signal);

  values: SearchIndexClient['values'] = (field, prefix, limit) =>
    this.#call('values', { field, prefix, limit });

  statistics: SearchIndexClient['statistics'] = () => this.#call('statistics', true);

  save: SearchIndexClient['save'] = () => this.#call('save', true);

  load: SearchIndexClient['load'] = bytes => this.#call('load', bytes);

  clear: SearchIndexClient['clear'] = () => this.#call('clear', true);

  dispose(): void {
    this.#failAll(closedError());
    this.#store.dispose();
  }

  #call<Name extends OperationName>(
    operation: Name,
    input: InputOf<Name>,
    signal?: AbortSignal,
  ): Promise<OutputOf<Name>> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      if (signal?.aborted) return reject(abortReason(signal));
      const id = ++this.#lastId;
      const onAbort = (): void => {
        end();
        this.#thread.post({ cancel: id } satisfies IndexRequest);
        if (signal) reject(abortReason(signal));
      };
      const end = (): void => {
        this.#calls.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      this.#calls.set(id, {
        succeed(output) {
          end();
          try {
            resolve(operations[operation].readOutput(output) as OutputOf<Name>);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        },
        fail(error) {
          end();
          reject(error);
        },
      });
      signal?.addEventListener('abort', onAbort);
      try {
        this.#thread.post({ id, operation, input } satisfies IndexRequest, handedOver(input));
      } catch (error) {
        // What is no data cannot be handed over, and has no answer.
        this.#calls.get(id)?.fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  #take(message: unknown): void {
    if (!isIndexReply(message)) return;
    const call = this.#calls.get(message.id);
    if (message.isOk) call?.succeed(message.output);
    else call?.fail(new Error(message.message));
  }

  #failAll(error: Error): void {
    // The first counts: who closes what has ended already has lost it all the same.
    this.#end ??= error;
    for (const call of [...this.#calls.values()]) call.fail(error);
  }
}
