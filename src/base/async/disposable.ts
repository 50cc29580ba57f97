/** A resource that can be released. Structurally the same as VS Code's. */
export interface Disposable {
  dispose(): void;
}

/** Wraps a function so that the first `dispose()` runs it, once. */
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
 * Disposes all in reverse order, even if one throws.
 *
 * @throws after everything was disposed: a single error as it is, several as an AggregateError
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

/** Owns disposables. A disposable that is added after the store was disposed is disposed immediately. */
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

  /** Disposes and removes one. */
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
