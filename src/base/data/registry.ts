import { type Disposable, toDisposable } from '../async/disposable';
import { Emitter, type Event } from '../async/event';

/** Contributions by id, in order of registration. */
export class Registry<T extends { readonly id: string }> {
  #items = new Map<string, T>();
  #changed = new Emitter<void>();

  readonly onDidChange: Event<void> = this.#changed.event;

  /**
   * Adds an item until the Disposable is disposed.
   *
   * @throws Error if the id is taken
   */
  add(item: T): Disposable {
    if (this.#items.has(item.id)) throw new Error(`"${item.id}" is registered already`);
    this.#items.set(item.id, item);
    this.#changed.fire();
    return toDisposable(() => {
      this.#items.delete(item.id);
      this.#changed.fire();
    });
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  all(): readonly T[] {
    return [...this.#items.values()];
  }
}
