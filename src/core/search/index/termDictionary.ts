import { compareCodeUnits } from '../../../base';

/**
 * The terms there are. Each has a number, by which its postings are known; numbers stay what they are as
 * terms are added. In order, they can be gone through by their beginnings.
 */
export class TermDictionary {
  #terms: string[];
  /** Made when there is the first term to add. */
  #numbers: Map<string, number> | undefined;
  /** Numbers in the order of the terms; those that were added since are missing. */
  #order: Uint32Array;
  /** How many letters each in order has in common with the one before. */
  #common: Uint8Array | undefined;

  /** In order. */
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

  /** The number that it has now. */
  add(term: string): number {
    this.#numbers ??= new Map(this.#terms.map((known, number) => [known, number]));
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    // What is cut out of a text keeps all of it in memory, which short ones are copied from.
    const number = this.#terms.push(term.length > 12 ? Array.from(term).join('') : term) - 1;
    this.#numbers.set(this.#terms[number] ?? term, number);
    return number;
  }

  /** Whether terms have their numbers in their order. */
  get isInOrder(): boolean {
    return this.order.every((number, at) => number === at);
  }

  numberOf(term: string): number | undefined {
    if (this.#numbers) return this.#numbers.get(term);
    const at = this.#firstFrom(term);
    const number = this.#order[at];
    return number !== undefined && this.#terms[number] === term ? number : undefined;
  }

  /** Numbers, in the order of the terms. */
  get order(): Uint32Array {
    const added = this.#terms.length - this.#order.length;
    if (added === 0) return this.#order;
    const terms = this.#terms;
    const compare = (a: number, b: number): number =>
      compareCodeUnits(terms[a] ?? '', terms[b] ?? '');
    const fresh = Uint32Array.from({ length: added }, (_, at) => this.#order.length + at);
    fresh.sort(compare);
    this.#order = merged(this.#order, fresh, compare);
    this.#common = undefined;
    return this.#order;
  }

  get common(): Uint8Array {
    const { order } = this;
    if (this.#common) return this.#common;
    const common = new Uint8Array(order.length);
    let before = '';
    for (let at = 0; at < order.length; at++) {
      const term = this.#terms[order[at] ?? 0] ?? '';
      let letters = 0;
      while (letters < before.length && before.charCodeAt(letters) === term.charCodeAt(letters)) {
        letters++;
      }
      common[at] = letters;
      before = term;
    }
    return (this.#common = common);
  }

  /** The places in `order` of the terms that begin with a text: from, and up to. */
  range(prefix: string): readonly [number, number] {
    const from = this.#firstFrom(prefix);
    // No term holds this unit, which is behind all letters.
    return [from, this.#firstFrom(`${prefix}\uffff`)];
  }

  #firstFrom(term: string): number {
    const { order } = this;
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

function merged(
  a: Uint32Array,
  b: Uint32Array,
  compare: (a: number, b: number) => number,
): Uint32Array {
  const all = new Uint32Array(a.length + b.length);
  let inA = 0;
  let inB = 0;
  for (let at = 0; at < all.length; at++) {
    const first = a[inA];
    const second = b[inB];
    const takesA = second === undefined || (first !== undefined && compare(first, second) <= 0);
    all[at] = (takesA ? first : second) ?? 0;
    if (takesA) inA++;
    else inB++;
  }
  return all;
}
