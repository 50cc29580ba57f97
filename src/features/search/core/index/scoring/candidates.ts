import { Best } from '../../best';
import type { SearchPreferences } from '../../types';
import { Flag, hashOfRef } from '../documents';
import type { FilterTest } from '../filters';
import type { IndexState } from '../storage/writer';
import { compareDocuments, compareRanked, type Ranked } from './order';
import { Lift, rarity, type UnitScores } from './scoring';

/** Score boosts of documents by the user's preferences and by the documents' properties. */
export class Lifts {
  #state: IndexState;
  /** By hash of the ref. */
  #ofRefs = new Map<number, number>();
  /** Numbers of owner values that count as the user. */
  #mine: ReadonlySet<number>;
  #mineRefs: ReadonlySet<number>;

  constructor(state: IndexState, { mine, starred, recent }: SearchPreferences) {
    this.#state = state;
    const raise = (ref: string, by: number): void => {
      const hash = hashOfRef(ref.toLowerCase());
      this.#ofRefs.set(hash, (this.#ofRefs.get(hash) ?? 0) + by);
    };
    for (const ref of starred) raise(ref, Lift.starred);
    for (const [place, ref] of recent.entries()) raise(ref, Lift.recent / (1 + place / 8));
    this.#mineRefs = new Set(mine.map(ref => hashOfRef(ref.toLowerCase())));
    this.#mine = new Set(
      mine.flatMap(ref => state.facetValues.numberOf('owner', ref.toLowerCase()) ?? []),
    );
  }

  isMine(document: number): boolean {
    const { documents } = this.#state;
    if (this.#mineRefs.size === 0) return false;
    if (this.#mineRefs.has(documents.ref(document))) return true;
    if (this.#mine.size === 0) return false;
    const to = documents.valuesFrom(document + 1);
    for (let at = documents.valuesFrom(document); at < to; at++) {
      if (this.#mine.has(documents.values[at] ?? 0)) return true;
    }
    return false;
  }

  of(document: number): number {
    const { documents } = this.#state;
    let lift = this.#ofRefs.size ? (this.#ofRefs.get(documents.ref(document)) ?? 0) : 0;
    if (this.isMine(document)) lift += Lift.mine;
    lift = Math.min(lift, Lift.most);
    if (documents.has(document, Flag.entity)) lift += Lift.entity;
    if (documents.has(document, Flag.deprecated)) lift += Lift.deprecated;
    return lift;
  }
}

/** Returns the entities to suggest for an empty query: recent ones, starred ones, the user's own. */
export function likelyDocuments(
  state: IndexState,
  { mine, starred, recent }: SearchPreferences,
): readonly number[] {
  const { documents } = state;
  const byRef = new Map<number, number>();
  for (const ref of [...recent, ...starred]) {
    const hash = hashOfRef(ref.toLowerCase());
    if (!byRef.has(hash)) byRef.set(hash, byRef.size);
  }
  const lifts = new Lifts(state, { mine, starred: [], recent: [] });
  const wanted: { document: number; place: number }[] = [];
  for (let document = 0; document < documents.size; document++) {
    if (!documents.has(document, Flag.entity) || documents.isGone(document)) continue;
    const place =
      byRef.get(documents.ref(document)) ?? (lifts.isMine(document) ? byRef.size : undefined);
    if (place !== undefined) wanted.push({ document, place });
  }
  return wanted
    .sort((a, b) => a.place - b.place || compareDocuments(state, a.document, b.document))
    .map(({ document }) => document);
}

/** Documents to check before yielding. */
const AT_ONCE = 4000;
/** Minimum score of a word that occurs in a name. */
const IN_NAME = 0.61;
/** Weight of an optional word. */
const OPTIONAL = 0.2;

export interface CandidatesDeps {
  readonly state: IndexState;
  readonly filters: FilterTest;
  readonly lifts: Lifts;
  readonly excluded: ReadonlySet<number>;
  /** Weight of a document by its type. */
  readonly weightOf: (document: number) => number;
}

/** Documents that match a query, without duplicates, unordered, with preliminary scores. */
export class Candidates {
  readonly documents: number[] = [];
  readonly scores: number[] = [];
  #deps: CandidatesDeps;

  constructor(deps: CandidatesDeps) {
    this.#deps = deps;
  }

  /**
   * Adds the documents in which all words and phrases occur.
   *
   * @param letters - number of letters of all words
   * @param isOptional - whether a word, by index, may be missing
   */
  *takeMatching(
    units: readonly UnitScores[],
    letters: number,
    isOptional: (unit: number) => boolean,
  ): Generator<void, void> {
    const { documents } = this.#deps.state;
    const needed = units.map((_, unit) => !isOptional(unit));
    const rarest = units
      .filter((_, unit) => needed[unit])
      .reduce((a, b) => (b.touched.length < a.touched.length ? b : a));
    const rarities = units.map(
      ({ touched }, unit) => rarity(touched.length, documents.live) * (needed[unit] ? 1 : OPTIONAL),
    );
    const sum = rarities.reduce((a, b) => a + b, 0) || 1;
    const touched = rarest.touched.used;
    for (let at = 0; at < touched.length; at++) {
      if (at % AT_ONCE === AT_ONCE - 1) yield;
      const document = touched[at] ?? 0;
      let score = 0;
      let isComplete = true;
      for (let unit = 0; unit < units.length && isComplete; unit++) {
        const worth = units[unit]?.scores[document] ?? 0;
        if (worth === 0 && needed[unit]) isComplete = false;
        score += worth * (rarities[unit] ?? 0);
      }
      if (!isComplete) continue;
      score /= sum;
      if (score >= IN_NAME) {
        score += Lift.coverage * Math.min(1, letters / (documents.nameLength(document) || 1));
      }
      this.#take(document, score);
    }
  }

  /**
   * Finds the document whose matching words of the query weigh the most.
   *
   * @param typedWords - for each unit, the word of the query that it is a part of; undefined for a phrase, which a
   * document has to have
   * @param isOptional - whether a unit doesn't count
   * @returns the words of the query that the document has; undefined if there is no such document
   */
  *bestPartialMatch(
    units: readonly UnitScores[],
    typedWords: readonly (number | undefined)[],
    isOptional: (unit: number) => boolean,
  ): Generator<void, ReadonlySet<number> | undefined> {
    const { state, weightOf } = this.#deps;
    const counted = units.flatMap((unit, at) =>
      isOptional(at) ? [] : [{ unit, word: typedWords[at] }],
    );
    const rarities = counted.map(({ unit }) => rarity(unit.touched.length, state.documents.live));
    const documents = new Set<number>();
    for (const { unit } of counted) {
      for (const document of unit.touched.used) documents.add(document);
      yield;
    }
    let best: ReadonlySet<number> | undefined;
    let bestWeight = 0;
    let looked = 0;
    for (const document of documents) {
      if (++looked % AT_ONCE === 0) yield;
      const lacking = new Set<number | undefined>();
      for (const { unit, word } of counted) if (!unit.scores[document]) lacking.add(word);
      if (lacking.has(undefined)) continue;
      const matched = new Set<number>();
      let weight = 0;
      for (const [at, { unit, word }] of counted.entries()) {
        if (lacking.has(word)) continue;
        if (word !== undefined) matched.add(word);
        weight += (unit.scores[document] ?? 0) * (rarities[at] ?? 0);
      }
      weight *= weightOf(document);
      if (weight <= bestWeight || !this.#passes(document)) continue;
      best = matched;
      bestWeight = weight;
    }
    return best;
  }

  /** Adds all documents. */
  *takeAll(): Generator<void, void> {
    const { size } = this.#deps.state.documents;
    for (let document = 0; document < size; document++) {
      if (document % AT_ONCE === AT_ONCE - 1) yield;
      this.#take(document, 1);
    }
  }

  /** Adds to the scores of some documents. */
  lift(documents: ReadonlySet<number>, by: number): void {
    for (const [at, document] of this.documents.entries()) {
      if (!documents.has(document)) continue;
      const weight = this.#deps.weightOf(document);
      this.scores[at] = (this.scores[at] ?? 0) + by * weight;
    }
  }

  /** Returns the best documents in order. */
  *best(limit: number, compare = this.#compare): Generator<void, Ranked[]> {
    const best = new Best<Ranked>(limit, compare);
    for (const [at, document] of this.documents.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) yield;
      best.add({ document, score: this.scores[at] ?? 0 });
    }
    return best.sorted();
  }

  #compare = (a: Ranked, b: Ranked): number => compareRanked(this.#deps.state, a, b);

  #take(document: number, score: number): void {
    const { lifts, weightOf } = this.#deps;
    if (!this.#passes(document)) return;
    this.documents.push(document);
    this.scores.push((score + lifts.of(document)) * weightOf(document));
  }

  #passes(document: number): boolean {
    const { state, filters, excluded } = this.#deps;
    return !state.documents.isGone(document) && !excluded.has(document) && filters.passes(document);
  }
}
