/** Cache with a maximum total size that evicts the least recently used items. */
export class SizedCache<T> {
  #most: number;
  #size = 0;
  /** Items, least recently used first. */
  #kept = new Map<string, { readonly value: T; readonly size: number }>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): T | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  /** Adds or replaces an item. An item larger than the cache isn't kept. */
  set(key: string, value: T, size: number): void {
    this.#remove(key);
    this.#kept.set(key, { value, size });
    this.#size += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#most) break;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#size -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }
}
