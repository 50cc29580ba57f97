import { type Disposable, DisposableStore, errorMessage, isRecord } from '../../../../base';
import type { Clock, ThreadPort } from '../../../../platform/core/ports';

/** Answers a call of the other thread. Parameters are unchecked. */
export type CallHandler = (params: unknown, signal: AbortSignal) => unknown;

/** The other thread didn't answer in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** @param deadline - in milliseconds */
export function missedDeadline(deadline: number): string {
  return `It didn't respond within ${deadline / 1000} s`;
}

export interface ThreadCallsDeps {
  readonly port: ThreadPort;
  readonly clock: Pick<Clock, 'delay'>;
  readonly handlers: ReadonlyMap<string, CallHandler>;
  /** Called with notifications, which have no answer. */
  readonly onNotify?: (method: string, params: unknown) => void;
}

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Calls between two threads, in both directions. */
export class ThreadCalls implements Disposable {
  readonly #deps: ThreadCallsDeps;
  readonly #store = new DisposableStore();
  readonly #pending = new Map<number, PendingCall>();
  /** Running calls of the other thread, by its ids. */
  readonly #running = new Map<number, AbortController>();
  #last = 0;

  constructor(deps: ThreadCallsDeps) {
    this.#deps = deps;
    this.#store.add(deps.port.onMessage(message => this.#receive(message)));
  }

  /**
   * Calls the other thread.
   *
   * @param options.deadline - in milliseconds; default: none
   * @throws DeadlineError, the signal's reason, or an Error with the other thread's message
   */
  async call(
    method: string,
    params: unknown,
    { deadline, signal }: { readonly deadline?: number; readonly signal?: AbortSignal } = {},
  ): Promise<unknown> {
    signal?.throwIfAborted();
    if (this.#store.isDisposed) throw new Error('The thread has ended');
    const { port, clock } = this.#deps;
    const id = ++this.#last;
    const done = new AbortController();
    const abort = (): void => {
      port.post({ type: 'abort', id });
      this.#pending.get(id)?.reject(signal?.reason as Error);
    };
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(id, { resolve, reject });
        signal?.addEventListener('abort', abort, { once: true });
        if (deadline !== undefined) {
          clock.delay(deadline, done.signal).then(
            () => reject(new DeadlineError(missedDeadline(deadline))),
            // The call has ended.
            () => undefined,
          );
        }
        port.post({ type: 'call', id, method, params });
      });
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
      done.abort();
    }
  }

  /** Sends a message that has no answer. */
  notify(method: string, params: unknown): void {
    if (!this.#store.isDisposed) this.#deps.port.post({ type: 'notify', method, params });
  }

  /** Rejects all pending calls. */
  dispose(): void {
    this.#store.dispose();
    for (const call of this.#pending.values()) call.reject(new Error('The thread has ended'));
    for (const running of this.#running.values()) running.abort();
  }

  #receive(message: unknown): void {
    if (!isRecord(message)) return;
    const { type, id, method, params, value, error } = message;
    if (type === 'notify' && typeof method === 'string') this.#deps.onNotify?.(method, params);
    if (typeof id !== 'number') return;
    if (type === 'call' && typeof method === 'string') void this.#answer(id, method, params);
    else if (type === 'abort') this.#running.get(id)?.abort();
    else if (type === 'answer') this.#pending.get(id)?.resolve(value);
    else if (type === 'failure') this.#pending.get(id)?.reject(readError(error));
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    const { port, handlers } = this.#deps;
    const running = new AbortController();
    this.#running.set(id, running);
    try {
      const handler = handlers.get(method);
      if (!handler) throw new Error(`Unknown call ${method}`);
      const value: unknown = await handler(params, running.signal);
      port.post({ type: 'answer', id, value });
    } catch (error) {
      const code = isRecord(error) ? error['code'] : undefined;
      const message = errorMessage(error);
      port.post({
        type: 'failure',
        id,
        error: { message, ...(typeof code === 'string' && { code }) },
      });
    } finally {
      this.#running.delete(id);
    }
  }
}

function readError(value: unknown): Error {
  const { message, code } = isRecord(value) ? value : {};
  const error = new Error(typeof message === 'string' ? message : 'It failed');
  return typeof code === 'string' ? Object.assign(error, { code }) : error;
}
