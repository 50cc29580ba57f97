import { Flag } from './documents';
import type { QueryPlan } from './plan';
import { HEAD_WORTH, type UnitScores, worthOfText } from './scoring/scoring';
import { type Postings, PostingsCursor } from './storage/postings';
import type { IndexState } from './storage/writer';
import { type Expansion, type ExpansionCache, SHORT } from './terms/expansions';
import { phraseDocuments } from './text/phrases';

/** Bytes of postings to read before yielding. */
const AT_ONCE = 60_000;

/** Scores documents for each word and phrase, including approximate matches. */
export class Retrieval {
  #state: IndexState;
  #expansions: ExpansionCache;
  #read = 0;

  constructor(state: IndexState, expansions: ExpansionCache) {
    this.#state = state;
    this.#expansions = expansions;
  }

  /** @param units - one for each word, followed by one for each phrase */
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

  /** Adds matches that differ from the words by typos: for words without a match, or for all. */
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

  /** Finds the documents that contain any of the phrases. */
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
    const { head, text, documents } = this.#state;
    const { textLengths, averageLength } = documents;
    for (const { number, quality } of expansions) {
      this.#score(head, number, units, ({ fields }) => quality * (HEAD_WORTH[fields] ?? 0));
      if (!isShort || quality === 1) {
        this.#score(
          text,
          number,
          units,
          ({ document, count }) =>
            quality * worthOfText(count, textLengths[document] ?? 0, averageLength),
        );
      }
      if (this.#read < AT_ONCE) continue;
      this.#read = 0;
      yield;
    }
  }

  /** @param worthOf - weight of a term in a document, by frequency and fields */
  #score(
    postings: Postings,
    term: number,
    units: readonly UnitScores[],
    worthOf: (cursor: PostingsCursor) => number,
  ): void {
    const { bytes, from, to } = postings.read(term);
    this.#read += to - from + 8;
    const { flags } = this.#state.documents;
    const cursor = new PostingsCursor(bytes, from, to);
    while (cursor.next()) {
      cursor.skipPositions();
      const { document } = cursor;
      if (((flags[document] ?? Flag.gone) & Flag.gone) !== 0) continue;
      const worth = worthOf(cursor);
      for (const unit of units) unit.raise(document, worth);
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
    const matching = yield* phraseDocuments(dictionary, text, phrase, isOpen);
    for (const [document, { count }] of matching) {
      if (documents.isGone(document)) continue;
      const length = documents.textLength(document);
      unit.raise(document, worthOfText(count, length, documents.averageLength));
    }
  }
}
