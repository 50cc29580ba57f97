import { compareCodeUnits } from '../../../base';
import type { Slices } from '../workspace/slices';
import { sortInSlices } from '../workspace/sortInSlices';

/** Up to so many refs find their places one by one; more are sorted with all the others. */
const FEW = 64;

/** Refs in code-unit order, kept in it while some come and go. */
export class SortedRefs {
  #sorted: string[] = [];
  #pending = new Map<string, boolean>();

  add(ref: string): void {
    this.#pending.set(ref, true);
  }

  delete(ref: string): void {
    this.#pending.set(ref, false);
  }

  /** The refs, to be looked at before the next change only. */
  get(): readonly string[] {
    if (this.#pending.size > FEW) this.#replace(inOrder(this.#all()));
    for (const [ref, isThere] of this.#pending) this.#put(ref, isThere);
    this.#pending.clear();
    return this.#sorted;
  }

  /** Does the work that the next look would have to do, without holding the thread. */
  async prepare(slices: Slices): Promise<void> {
    if (this.#pending.size > FEW) await this.load(this.#all(), slices);
  }

  /** Puts these refs, each of which is there once, in place of all. */
  async load(refs: readonly string[], slices: Slices): Promise<void> {
    this.#replace(await sortInSlices(refs, compareCodeUnits, slices, inOrder));
  }

  #all(): string[] {
    const refs = this.#sorted.filter(ref => !this.#pending.has(ref));
    for (const [ref, isThere] of this.#pending) if (isThere) refs.push(ref);
    return refs;
  }

  #replace(sorted: string[]): void {
    this.#sorted = sorted;
    this.#pending.clear();
  }

  #put(ref: string, isThere: boolean): void {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareCodeUnits(this.#sorted[middle] ?? '', ref) < 0) low = middle + 1;
      else high = middle;
    }
    const isFound = this.#sorted[low] === ref;
    if (isThere && !isFound) this.#sorted.splice(low, 0, ref);
    else if (!isThere && isFound) this.#sorted.splice(low, 1);
  }
}

/** Sorts the list itself. Without a function to compare by, texts are put in code-unit order. */
function inOrder(refs: string[]): string[] {
  return refs.sort();
}
