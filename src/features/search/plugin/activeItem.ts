/**
 * Which item of a list is the active one, as far as it is known. The editor tells it a moment later, by where it stands:
 * what it tells of the items that were shown before would be taken for another one of those that are shown now.
 */
export class ActiveItem<T> {
  #current: T | undefined;
  /** Whether the editor has told of the items that are shown. */
  #isTold = true;

  /** The one that the user is at, or that was made the active one. */
  get current(): T | undefined {
    return this.#current;
  }

  /** Items are shown, and this is made the active one. */
  show(item: T | undefined): void {
    this.#current = item;
    this.#isTold = false;
  }

  /** The editor tells which one is. */
  tell(item: T | undefined): void {
    if (item === this.#current) this.#isTold = true;
    else if (this.#isTold) this.#current = item;
  }
}
