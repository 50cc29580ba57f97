import { compareCodeUnits } from '../../../../../base';

/** Terms with stable numbers, which postings use. Sorted order allows prefix lookups. */
export class TermDictionary {
  #terms: string[];
  /** Created when the first term is added. */
  #numbers: Map<string, number> | undefined;
  /** Term numbers in sorted order; recently added terms are missing. */
  #order: Uint32Array;
  /** Number of letters that each term in sorted order shares with the previous one. */
  #common: Uint8Array | undefined;

  /** @param terms - sorted */
  constructor(terms: string[] = []) {
    this.#terms = terms;
    this.#order = Uint32Array.from(terms.keys());
  }

  get size(): number {
    return this.#terms.length;
  }

  /** By number. */
  get terms(): readonly string[] {
    return this.#terms;
  }

  /** @returns the number of the term */
  add(term: string): number {
    this.#numbers ??= new Map(this.#terms.map((known, number) => [known, number]));
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    // A substring keeps the whole text in memory; engines copy short ones.
    const number = this.#terms.push(term.length > 12 ? Array.from(term).join('') : term) - 1;
    this.#numbers.set(this.#terms[number] ?? term, number);
    return number;
  }

  /** Whether term numbers are in sorted order. */
  get isInOrder(): boolean {
    return this.order.every((number, at) => number === at);
  }

  numberOf(term: string): number | undefined {
    if (this.#numbers) return this.#numbers.get(term);
    const at = this.#firstFrom(term);
    const number = this.#order[at];
    return number !== undefined && this.#terms[number] === term ? number : undefined;
  }

  /** Term numbers in sorted order. */
  get order(): Uint32Array {
    if (this.#terms.length > this.#order.length) this.#sortIn();
    return this.#order;
  }

  get common(): Uint8Array {
    const { order } = this;
    if (!this.#common) {
      this.#common = new Uint8Array(order.length);
      for (let at = 0; at < order.length; at++) this.#common[at] = this.#commonAt(at);
    }
    return this.#common;
  }

  /** Merges added terms into the sorted order, moving ranges as a whole. */
  #sortIn(): void {
    const terms = this.#terms;
    const before = this.#order;
    const fresh = Uint32Array.from(
      { length: terms.length - before.length },
      (_, at) => before.length + at,
    ).sort((a, b) => compareCodeUnits(terms[a] ?? '', terms[b] ?? ''));
    const places = Array.from(fresh, number => this.#firstAmong(before, terms[number] ?? ''));
    const order = new Uint32Array(terms.length);
    let from = 0;
    for (let index = 0; index <= fresh.length; index++) {
      const to = places[index] ?? before.length;
      order.set(before.subarray(from, to), from + index);
      const number = fresh[index];
      if (number !== undefined) order[to + index] = number;
      from = to;
    }
    this.#order = order;
    this.#common = undefined;
  }

  #commonAt(at: number): number {
    const before = at === 0 ? '' : (this.#terms[this.#order[at - 1] ?? 0] ?? '');
    const term = this.#terms[this.#order[at] ?? 0] ?? '';
    let letters = 0;
    while (letters < before.length && before.charCodeAt(letters) === term.charCodeAt(letters)) {
      letters++;
    }
    return letters;
  }

  /** Returns the range in `order` of the terms with a prefix: start, and end (exclusive). */
  range(prefix: string): readonly [number, number] {
    const from = this.#firstFrom(prefix);
    // No term contains this code unit, which sorts after all letters.
    return [from, this.#firstFrom(`${prefix}\uffff`)];
  }

  #firstFrom(term: string): number {
    return this.#firstAmong(this.order, term);
  }

  #firstAmong(order: Uint32Array, term: string): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#terms[order[middle] ?? 0] ?? '') < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
