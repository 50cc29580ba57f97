import { compareCodeUnits } from '../../../../../base';
import type { IndexState } from '../storage/state';

/** A document that matches. */
export interface Ranked {
  readonly document: number;
  readonly score: number;
}

/** The better first; of equals the shorter name, then by title, so that the same question has the same answer. */
export function compareRanked(state: IndexState, a: Ranked, b: Ranked): number {
  if (a.score !== b.score) return b.score - a.score;
  const { documents } = state;
  return (
    documents.nameLength(a.document) - documents.nameLength(b.document) ||
    compareDocuments(state, a.document, b.document)
  );
}

/** By title, and else in an order that does not depend on what was put into the index first. */
export function compareDocuments(state: IndexState, a: number, b: number): number {
  const { documents, sources } = state;
  const first = sources[documents.source(a)];
  const second = sources[documents.source(b)];
  return (
    compareTitles(documents.titles[a] ?? '', documents.titles[b] ?? '') ||
    compareCodeUnits(first?.type ?? '', second?.type ?? '') ||
    compareCodeUnits(first?.id ?? '', second?.id ?? '') ||
    a - b
  );
}

function compareTitles(a: string, b: string): number {
  return compareCodeUnits(a.toLowerCase(), b.toLowerCase()) || compareCodeUnits(a, b);
}

/** Keeps the first so many of all that are added: a heap with the last of them on top. */
export class Best<T> {
  #items: T[] = [];
  #limit: number;
  #compare: (a: T, b: T) => number;

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  add(item: T): void {
    const items = this.#items;
    if (items.length < this.#limit) {
      items.push(item);
      this.#rise(items.length - 1);
      return;
    }
    const last = items[0];
    if (last === undefined || this.#compare(item, last) >= 0) return;
    items[0] = item;
    this.#sink();
  }

  sorted(): T[] {
    return [...this.#items].sort(this.#compare);
  }

  #rise(from: number): void {
    const items = this.#items;
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfAfter(at, parent, items)) return;
      at = parent;
    }
  }

  #sink(): void {
    const items = this.#items;
    for (let at = 0; ;) {
      const left = at * 2 + 1;
      if (left >= items.length) return;
      const right = left + 1;
      const child = right < items.length && this.#isAfter(right, left, items) ? right : left;
      if (!this.#swapIfAfter(child, at, items)) return;
      at = child;
    }
  }

  #swapIfAfter(lower: number, upper: number, items: T[]): boolean {
    if (!this.#isAfter(lower, upper, items)) return false;
    [items[lower], items[upper]] = [items[upper] as T, items[lower] as T];
    return true;
  }

  #isAfter(a: number, b: number, items: readonly T[]): boolean {
    return this.#compare(items[a] as T, items[b] as T) > 0;
  }
}
