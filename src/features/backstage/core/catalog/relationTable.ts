import type { EntityRelation } from '../../../../model';
import { type CopiedEntity, relationsOf } from './copiedEntity';

/** What an entity relates to: a number for each type and target. */
export class RelationRow {
  readonly keys: readonly number[];
  #set: ReadonlySet<number> | undefined;

  constructor(keys: readonly number[]) {
    this.keys = keys;
  }

  has(key: number): boolean {
    if (this.keys.length <= FEW) return this.keys.includes(key);
    return (this.#set ??= new Set(this.keys)).has(key);
  }
}

/** As many are looked through in no time. */
const FEW = 16;
const TARGETS = 2 ** 32;

/** Relations of many entities as numbers, which are compared far quicker than texts, and made of them once. */
export class RelationTable {
  readonly #entities: ReadonlyMap<string, CopiedEntity>;
  readonly #refs: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #types: string[] = [];
  readonly #typeNumbers = new Map<string, number>();
  readonly #rows = new Map<string, RelationRow>();

  constructor(entities: ReadonlyMap<string, CopiedEntity>) {
    this.#entities = entities;
  }

  /** Undefined for what is not in the copy. */
  rowOf(ref: string): RelationRow | undefined {
    const known = this.#rows.get(ref);
    if (known) return known;
    const copied = this.#entities.get(ref);
    if (!copied) return undefined;
    const row = new RelationRow(relationsOf(copied).map(relation => this.keyOf(relation)));
    this.#rows.set(ref, row);
    return row;
  }

  keyOf({ type, targetRef }: EntityRelation): number {
    const typeNumber = numberOf(type, this.#typeNumbers, this.#types);
    return typeNumber * TARGETS + numberOf(targetRef, this.#numbers, this.#refs);
  }

  relationOf(key: number): EntityRelation {
    const type = this.#types[Math.floor(key / TARGETS)] ?? '';
    return { type, targetRef: this.#refs[key % TARGETS] ?? '' };
  }
}

function numberOf(text: string, numbers: Map<string, number>, texts: string[]): number {
  let number = numbers.get(text);
  if (number === undefined) {
    number = texts.push(text) - 1;
    numbers.set(text, number);
  }
  return number;
}
