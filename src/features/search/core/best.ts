/** Keeps the best `limit` items of all that are added, without sorting all of them. */
export class Best<T> {
  #items: T[] = [];
  #limit: number;
  #compare: (a: T, b: T) => number;
  /** The worst kept item; undefined until the limit is reached. */
  #last: T | undefined;

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  /** Whether an item would be kept, given the items added so far. */
  accepts(item: T): boolean {
    return this.#last === undefined || this.#compare(item, this.#last) < 0;
  }

  add(item: T): void {
    if (!this.accepts(item)) return;
    this.#items.push(item);
    if (this.#items.length >= this.#limit * 4) this.#cut();
  }

  sorted(): T[] {
    this.#cut();
    return this.#items;
  }

  #cut(): void {
    this.#items.sort(this.#compare);
    this.#items.length = Math.min(this.#items.length, this.#limit);
    if (this.#items.length === this.#limit) this.#last = this.#items.at(-1);
  }
}
