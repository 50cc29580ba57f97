/** Keeps what was made, up to a size in all: what nobody has asked for the longest goes first. */
export class SizedCache<T> {
  #most: number;
  #size = 0;
  /** What was asked for last comes last. */
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

  /** Takes the place of what was kept by that key; what is larger than all may be is not kept. */
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
