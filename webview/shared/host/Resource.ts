import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { errorMessage } from '../../../src/base';

export type ResourceState<T> =
  | { readonly status: 'loading' }
  /** `isStale`: a newer value is pending. */
  | { readonly status: 'ready'; readonly value: T; readonly isStale: boolean }
  | { readonly status: 'failed'; readonly message: string };

/** A value from the host that may change. It stays during reloads, so that scroll position and focus aren't lost. */
export class Resource<T> implements ReactiveController {
  #host: ReactiveControllerHost;
  #load: (signal: AbortSignal) => Promise<T>;
  #running: AbortController | undefined;
  #state: ResourceState<T> = { status: 'loading' };

  constructor(host: ReactiveControllerHost, load: (signal: AbortSignal) => Promise<T>) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  get state(): ResourceState<T> {
    return this.#state;
  }

  get value(): T | undefined {
    return this.#state.status === 'ready' ? this.#state.value : undefined;
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Cancels the pending request. */
  stop(): void {
    this.#running?.abort();
  }

  /** Discards the value, for a new subject. */
  async reset(): Promise<void> {
    this.#setState({ status: 'loading' });
    await this.reload();
  }

  async reload(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    if (this.#state.status === 'ready') this.#setState({ ...this.#state, isStale: true });
    try {
      const value = await this.#load(running.signal);
      if (running === this.#running) this.#setState({ status: 'ready', value, isStale: false });
    } catch (error) {
      if (running !== this.#running || running.signal.aborted) return;
      this.#setState({
        status: 'failed',
        message: errorMessage(error),
      });
    }
  }

  #setState(state: ResourceState<T>): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
