import type { QueryPlan } from './plan';
import { HEAD_WORTH, type UnitScores, worthOfText } from './scoring/scoring';
import type { PostingsBytes } from './storage/postings';
import type { IndexState } from './storage/writer';
import { type Expansion, type ExpansionCache, SHORT } from './terms/expansions';
import { phraseDocuments } from './text/phrases';

/** Bytes of postings that are read without a stop. */
const AT_ONCE = 60_000;

/** Scores, for each word and phrase, the documents in which it, or something like it, occurs. */
export class Retrieval {
  #state: IndexState;
  #expansions: ExpansionCache;
  #read = 0;

  constructor(state: IndexState, expansions: ExpansionCache) {
    this.#state = state;
    this.#expansions = expansions;
  }

  /** @param units - one for each word, and for each phrase behind them */
  *score(plan: QueryPlan, units: readonly UnitScores[]): Generator<void, void> {
    const { words, joins, phrases } = plan;
    for (const [index, { term, isUnfinished }] of words.entries()) {
      const unit = units[index];
      if (!unit) continue;
      const expansions = this.#expansions.sure(term, isUnfinished);
      yield* this.#expand(expansions, [unit], term.length <= SHORT);
    }
    for (const { term, first, last, isUnfinished } of joins) {
      const expansions = this.#expansions.sure(term, isUnfinished);
      if (expansions.length) {
        yield* this.#expand(expansions, units.slice(first, last + 1), term.length <= SHORT);
      }
    }
    for (const [index, phrase] of phrases.entries()) {
      const unit = units[words.length + index];
      const isOpen = plan.isPhraseOpen && index === phrases.length - 1;
      if (unit) yield* this.#scorePhrase(phrase, isOpen, unit);
      yield;
    }
  }

  /** Adds what the words may be misspellings of: those that do not occur as they are, or all. */
  *scoreTypos(
    plan: QueryPlan,
    units: readonly UnitScores[],
    which: 'unknown' | 'all',
  ): Generator<void, void> {
    for (const [index, { term, isUnfinished, isOptional }] of plan.words.entries()) {
      const unit = units[index];
      if (!unit || isOptional || (which === 'unknown' && unit.touched.length > 0)) continue;
      yield* this.#expand(this.#expansions.typos(term, isUnfinished), [unit], false);
    }
    for (const { term, first, last, isUnfinished } of plan.joins) {
      const joined = units.slice(first, last + 1);
      if (which === 'unknown' && joined.every(({ touched }) => touched.length > 0)) continue;
      yield* this.#expand(this.#expansions.typos(term, isUnfinished), joined, false);
    }
  }

  /** The documents in which one of the phrases stands. */
  *documentsWith(phrases: readonly (readonly string[])[]): Generator<void, ReadonlySet<number>> {
    const { dictionary, head, text } = this.#state;
    const found = new Set<number>();
    for (const phrase of phrases) {
      for (const postings of [head, text]) {
        const having = yield* phraseDocuments(dictionary, postings, phrase);
        for (const document of having.keys()) found.add(document);
        yield;
      }
    }
    return found;
  }

  *#expand(
    expansions: readonly Expansion[],
    units: readonly UnitScores[],
    isShort: boolean,
  ): Generator<void, void> {
    for (const { number, quality } of expansions) {
      this.#scoreHead(number, quality, units);
      if (!isShort || quality === 1) this.#scoreText(number, quality, units);
      if (this.#read < AT_ONCE) continue;
      this.#read = 0;
      yield;
    }
  }

  #scoreHead(term: number, quality: number, units: readonly UnitScores[]): void {
    const list = this.#state.head.read(term);
    this.#read += list.to - list.from + 8;
    const { flags } = this.#state.documents;
    for (const unit of units) {
      scanList(list, (document, _count, fields) => {
        if (((flags[document] ?? 1) & 1) === 0) {
          unit.raise(document, quality * (HEAD_WORTH[fields] ?? 0));
        }
      });
    }
  }

  #scoreText(term: number, quality: number, units: readonly UnitScores[]): void {
    const list = this.#state.text.read(term);
    this.#read += list.to - list.from + 8;
    const { flags, textLengths, averageLength } = this.#state.documents;
    for (const unit of units) {
      scanList(list, (document, count) => {
        if (((flags[document] ?? 1) & 1) !== 0) return;
        const length = textLengths[document] ?? 0;
        unit.raise(document, quality * worthOfText(count, length, averageLength));
      });
    }
  }

  *#scorePhrase(
    phrase: readonly string[],
    isOpen: boolean,
    unit: UnitScores,
  ): Generator<void, void> {
    const { dictionary, head, text, documents } = this.#state;
    const named = yield* phraseDocuments(dictionary, head, phrase, isOpen);
    for (const [document, { fields }] of named) {
      if (!documents.isGone(document)) unit.raise(document, HEAD_WORTH[fields] ?? 0);
    }
    const saying = yield* phraseDocuments(dictionary, text, phrase, isOpen);
    for (const [document, { count }] of saying) {
      if (documents.isGone(document)) continue;
      const length = documents.textLength(document);
      unit.raise(document, worthOfText(count, length, documents.averageLength));
    }
  }
}

/** As the cursor reads it, without an object for each list: this is where a keystroke's time goes. */
function scanList(
  { bytes, from, to }: PostingsBytes,
  visit: (document: number, count: number, fields: number) => void,
): void {
  let document = -1;
  for (let at = from; at < to;) {
    let byte = bytes[at++] ?? 0;
    let value = byte & 127;
    for (let shift = 7; byte > 127 && at < to; shift += 7) {
      byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
    }
    document += value;
    byte = bytes[at++] ?? 0;
    let header = byte & 127;
    for (let shift = 7; byte > 127 && at < to; shift += 7) {
      byte = bytes[at++] ?? 0;
      header |= (byte & 127) << shift;
    }
    const count = header >>> 5;
    for (let left = count; left > 0 && at < to;) if ((bytes[at++] ?? 0) < 128) left--;
    visit(document, count, header & 31);
  }
}
