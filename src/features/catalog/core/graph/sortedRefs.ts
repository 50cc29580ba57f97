import { compareCodeUnits } from '../../../../base';
import { type TimeSlicer, sortInSlices } from '../../../../platform/core';

/** Maximum number of refs that are inserted individually; more are sorted with all others. */
const FEW = 64;

/** Refs in code-unit order. Changes take effect when committed. */
export class SortedRefs {
  #committed: string[] = [];
  /** Refs that the next commit starts from; undefined for those of the last commit. */
  #next: string[] | undefined;
  #pending = new Map<string, boolean>();

  /** Refs of the last commit; valid until the next one. */
  get committed(): readonly string[] {
    return this.#committed;
  }

  add(ref: string): void {
    this.#pending.set(ref, true);
  }

  delete(ref: string): void {
    this.#pending.set(ref, false);
  }

  /** Returns the refs including uncommitted changes. */
  get(): readonly string[] {
    return this.#pending.size
      ? this.#all().sort(compareCodeUnits)
      : (this.#next ?? this.#committed);
  }

  /** Prepares the next commit in time slices. */
  async prepare(slices: TimeSlicer): Promise<void> {
    if (this.#pending.size > FEW) await this.load(this.#all(), slices);
  }

  /** Replaces all refs with these distinct ones. */
  async load(refs: readonly string[], slices: TimeSlicer): Promise<void> {
    this.#next = await sortInSlices(refs, compareCodeUnits, slices);
    this.#pending.clear();
  }

  commit(): void {
    this.#committed = this.#next ?? this.#committed;
    this.#next = undefined;
    for (const [ref, isThere] of this.#pending) this.#put(ref, isThere);
    this.#pending.clear();
  }

  #all(): string[] {
    const refs = (this.#next ?? this.#committed).filter(ref => !this.#pending.has(ref));
    for (const [ref, isThere] of this.#pending) if (isThere) refs.push(ref);
    return refs;
  }

  #put(ref: string, isThere: boolean): void {
    let low = 0;
    let high = this.#committed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareCodeUnits(this.#committed[middle] ?? '', ref) < 0) low = middle + 1;
      else high = middle;
    }
    const isFound = this.#committed[low] === ref;
    if (isThere && !isFound) this.#committed.splice(low, 0, ref);
    else if (!isThere && isFound) this.#committed.splice(low, 1);
  }
}
