import { type Disposable, toDisposable } from './disposable';

/** Subscribes a listener until the returned Disposable is disposed, like VS Code's `Event`. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

/** Handles the error of a listener, so that other listeners still receive the event. */
export type ListenerErrorHandler = (error: unknown) => void;

/** Fires events to listeners in the order of subscription. */
export class Emitter<T> implements Disposable {
  #listeners = new Set<{ listener: (event: T) => void }>();
  #onError: ListenerErrorHandler;

  constructor(onError: ListenerErrorHandler = rethrowLater) {
    this.#onError = onError;
  }

  readonly event: Event<T> = listener => {
    const entry = { listener };
    this.#listeners.add(entry);
    return toDisposable(() => this.#listeners.delete(entry));
  };

  fire(event: T): void {
    for (const { listener } of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/**
 * Waits until a condition holds, which is checked now and on each event.
 *
 * @throws the reason of the signal as soon as it's aborted
 */
export function until(
  event: Event<unknown>,
  holds: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (finish: () => void): void => {
      signal.removeEventListener('abort', abort);
      listening.dispose();
      finish();
    };
    const abort = (): void => end(() => reject(signal.reason as Error));
    const check = (): void => {
      if (holds()) end(resolve);
    };
    const listening = event(check);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    else check();
  });
}
