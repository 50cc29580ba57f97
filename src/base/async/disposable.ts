/** Something that holds a resource until it is disposed. Structurally the same as VS Code's. */
export interface Disposable {
  dispose(): void;
}

/** Wraps a function so that it runs at most once, on the first `dispose()`. */
export function toDisposable(onDispose: () => void): Disposable {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      onDispose();
    },
  };
}

/**
 * Disposes all of the given, in reverse order, even when one of them throws.
 *
 * @throws the only error as it is, several as an AggregateError, after everything was disposed.
 */
export function disposeAll(disposables: Iterable<Disposable>): void {
  const errors: unknown[] = [];
  for (const disposable of [...disposables].reverse()) {
    try {
      disposable.dispose();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, 'Several disposables failed');
}

/** Owns disposables; what is added after the store was disposed is disposed at once. */
export class DisposableStore implements Disposable {
  #disposables = new Set<Disposable>();
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  add<T extends Disposable>(disposable: T): T {
    if (this.#disposed) disposable.dispose();
    else this.#disposables.add(disposable);
    return disposable;
  }

  /** Disposes one early and forgets it. */
  delete(disposable: Disposable): void {
    if (this.#disposables.delete(disposable)) disposable.dispose();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const disposables = this.#disposables;
    this.#disposables = new Set();
    disposeAll(disposables);
  }
}
