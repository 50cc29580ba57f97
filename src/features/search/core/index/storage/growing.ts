type Numbers = Uint8Array | Uint16Array | Uint32Array;

/** An array of numbers that grows by a quarter at a time. */
export class Growing<T extends Numbers> {
  /** Longer than the used part; replaced when it grows. */
  data: T;
  length: number;
  #make: (length: number) => T;

  constructor(make: (length: number) => T, data?: T) {
    this.#make = make;
    this.data = data ?? make(16);
    this.length = data?.length ?? 0;
  }

  static bytes(data?: Uint8Array): Growing<Uint8Array> {
    return new Growing<Uint8Array>(length => new Uint8Array(length), data);
  }

  static shorts(data?: Uint16Array): Growing<Uint16Array> {
    return new Growing<Uint16Array>(length => new Uint16Array(length), data);
  }

  static words(data?: Uint32Array): Growing<Uint32Array> {
    return new Growing<Uint32Array>(length => new Uint32Array(length), data);
  }

  push(value: number): void {
    this.ensure(1);
    this.data[this.length++] = value;
  }

  append(values: Numbers): void {
    this.ensure(values.length);
    this.data.set(values, this.length);
    this.length += values.length;
  }

  /** Appends zeros. @returns the index of the first */
  extend(count: number): number {
    this.ensure(count);
    const at = this.length;
    this.length += count;
    return at;
  }

  ensure(more: number): void {
    const needed = this.length + more;
    if (needed <= this.data.length) return;
    const data = this.#make(Math.max(needed, Math.ceil(this.data.length * 1.25) + 16));
    data.set(this.data.subarray(0, this.length));
    this.data = data;
  }

  /** A view of the used part. */
  get used(): T {
    return this.data.subarray(0, this.length) as T;
  }
}
