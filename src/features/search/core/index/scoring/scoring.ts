import { Growing } from '../storage/growing';
import { Field } from '../storage/postings';

/*
 * Weights of matches. A query scores 1 if each of its words is a word of the name; boosts order nearly equal
 * results and lift a match of the whole name above all others.
 */

const WORTH: readonly (readonly [number, number])[] = [
  [Field.names, 1],
  [Field.title, 0.99],
  [Field.keywords, 0.6],
  [Field.path, 0.5],
];

/** Highest field weight, by bit set of the fields in which a term occurs. */
export const HEAD_WORTH: Float64Array = Float64Array.from({ length: 16 }, (_, fields) =>
  Math.max(0, ...WORTH.map(([field, worth]) => ((fields & field) !== 0 ? worth : 0))),
);

/** BM25's k1 and b: saturation by term frequency, and normalization by text length. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.75;
const TEXT_LEAST = 0.18;
const TEXT_REST = 0.24;

/** Returns the weight of a term with a frequency in a text of a length. */
export function worthOfText(count: number, length: number, averageLength: number): number {
  const norm = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * length) / averageLength);
  return TEXT_LEAST + (TEXT_REST * count) / (count + norm);
}

/** Returns BM25's inverse document frequency. */
export function rarity(matching: number, all: number): number {
  return Math.log(1 + (all - Math.min(matching, all) + 0.5) / (matching + 0.5));
}

/** Boosts added to scores. */
export const Lift = {
  /** A name that consists of the query's words only. */
  coverage: 0.12,
  mine: 0.1,
  starred: 0.12,
  /** The latest entity; earlier ones get less, by position. */
  recent: 0.1,
  /** Maximum sum of the boosts above. */
  most: 0.16,
  entity: 0.04,
  deprecated: -0.12,
  /** Exact matches when typos were considered too. */
  asTyped: 1,
  /** Words that occur side by side. */
  closeness: 0.12,
  /** Similarity to the whole name (fuse.js). */
  likeness: 0.15,
  /** Words that are the whole name, or its prefix. */
  wholeName: 1,
  wholeTitle: 0.98,
  startOfName: 0.2,
  /** A name that contains, or names that don't contain, the literals of the query as addresses and refs do. */
  literal: 0.4,
  notLiteral: -0.3,
} as const;

/** Scores of one word of a query in all documents. */
export class UnitScores {
  /** By document number; 0 if the word doesn't occur. */
  readonly scores: Float32Array;
  /** Documents in which it occurs. */
  readonly touched = Growing.words();

  constructor(documents: number) {
    this.scores = new Float32Array(documents);
  }

  /** Keeps the highest score. */
  raise(document: number, score: number): void {
    const known = this.scores[document];
    if (known === undefined || known >= score) return;
    if (known === 0) this.touched.push(document);
    this.scores[document] = score;
  }

  clear(): void {
    const { scores, touched } = this;
    for (let at = 0; at < touched.length; at++) scores[touched.data[at] ?? 0] = 0;
    touched.length = 0;
  }
}

/** Reuses score arrays between searches, because they are large and mostly 0. */
export class UnitScoresPool {
  #free: UnitScores[] = [];

  take(documents: number): UnitScores {
    const scores = this.#free.pop();
    return scores && scores.scores.length >= documents ? scores : new UnitScores(documents);
  }

  give(scores: readonly UnitScores[]): void {
    for (const each of scores) {
      each.clear();
      if (this.#free.length < 8) this.#free.push(each);
    }
  }

  clear(): void {
    this.#free = [];
  }
}
