import { Growing } from '../storage/growing';
import { Field } from '../storage/postings';

/*
 * What a match is worth. All of a query together is worth 1 where each of its words is a word of the name; what is added to that
 * tells apart what is nearly equal, or lifts what is the whole name above all others.
 */

const WORTH: readonly (readonly [number, number])[] = [
  [Field.names, 1],
  [Field.title, 0.99],
  [Field.keywords, 0.6],
  [Field.path, 0.5],
];

/** By the fields, as bits, in which a term stands: what the best of them is worth. */
export const HEAD_WORTH: Float64Array = Float64Array.from({ length: 16 }, (_, fields) =>
  Math.max(0, ...WORTH.map(([field, worth]) => ((fields & field) !== 0 ? worth : 0))),
);

/** BM25's: how soon more of the same word say no more, and how much long texts have to say it. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.75;
const TEXT_LEAST = 0.18;
const TEXT_REST = 0.24;

/** What a term is worth that stands so often in a text of a length. */
export function worthOfText(count: number, length: number, averageLength: number): number {
  const norm = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * length) / averageLength);
  return TEXT_LEAST + (TEXT_REST * count) / (count + norm);
}

/** How much a word tells that so many of all documents match: BM25's idf. */
export function rarity(matching: number, all: number): number {
  return Math.log(1 + (all - Math.min(matching, all) + 0.5) / (matching + 0.5));
}

/** Added to what is nearly equal otherwise. */
export const Lift = {
  /** Of a name of which the words of the query are all. */
  coverage: 0.12,
  mine: 0.1,
  starred: 0.12,
  /** The latest; the others less, each by its place. */
  recent: 0.1,
  /** What all of these lift at most. */
  most: 0.16,
  entity: 0.04,
  deprecated: -0.12,
  /** Of what occurs as it was typed, where misspellings were looked for as there is little of that. */
  asTyped: 1,
  /** Words that stand side by side. */
  closeness: 0.12,
  /** By fuse.js: how near the words are to the name as a whole. */
  likeness: 0.15,
  /** The words are the whole name, or what it begins with. */
  wholeName: 1,
  wholeTitle: 0.98,
  startOfName: 0.2,
  /** A name holds, or none does, what was typed with its signs, as addresses and refs have them. */
  literal: 0.4,
  notLiteral: -0.3,
} as const;

/** For one word of a query: what it is worth in each document. */
export class UnitScores {
  /** By number of the document; 0: the word does not occur. */
  readonly scores: Float32Array;
  /** Documents in which it occurs. */
  readonly touched = Growing.words();

  constructor(documents: number) {
    this.scores = new Float32Array(documents);
  }

  /** Keeps the best of several. */
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

/** Lends scores to one search after the other, as they are large and mostly 0. */
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
