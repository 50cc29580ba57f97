import { Growing } from '../storage/growing';

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
