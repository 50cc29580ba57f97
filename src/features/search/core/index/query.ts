import type { MarkedText, SearchDocument, SearchFacetCount, SearchResults } from '../../../../api';
import type { FilterField, IndexAnswer, IndexHit, IndexQuery } from '../types';
import { FILTER_FIELDS, mostFrequent } from './facetValues';
import { type EntityTitles, FilterTest } from './filters';
import { planOf, type QueryPlan, termOfRef, withoutWords } from './plan';
import { Retrieval } from './retrieval';
import { Candidates, Lifts, likelyDocuments } from './scoring/candidates';
import { TermMatcher } from './scoring/matching';
import { compareDocuments, type Ranked, refine } from './scoring/order';
import { Lift, type UnitScores, type UnitScoresPool } from './scoring/scoring';
import type { IndexState } from './storage/writer';
import type { ExpansionCache } from './terms/expansions';
import { MAX_TEXT } from './text/analyse';
import { marksOf, snippetOf, spotsIn, unitsOf } from './text/spots';

/** Number of best results to refine. */
const REFINED = 100;
/** With fewer results than this, typos are considered. */
const FEW = 8;
const MAX_FACET_VALUES = 50;
/** Maximum number of names and keywords to show with a result. */
const MAX_MATCHES = 3;
const AT_ONCE = 20_000;

export interface QueryDeps {
  readonly state: IndexState;
  readonly expansions: ExpansionCache;
  readonly pool: UnitScoresPool;
  readonly titles: EntityTitles;
  /** By type. */
  readonly weights: ReadonlyMap<string, number>;
}

/** Runs one query. */
export class Query {
  #query: IndexQuery;
  #deps: QueryDeps;
  #plan: QueryPlan;
  #lifts: Lifts;
  #filters: FilterTest;
  /** Weights of types, by number of the type's facet value. */
  #weights = new Map<number, number>();
  #ignored: readonly string[] = [];
  /** Indexes of words that typos were considered for. */
  #tolerant = new Set<number>();

  constructor(query: IndexQuery, deps: QueryDeps) {
    const { state, titles } = deps;
    this.#query = query;
    this.#deps = deps;
    this.#plan = planOf(query.query);
    for (const [type, weight] of deps.weights) {
      const number = state.facetValues.numberOf('in', type);
      if (number !== undefined && weight !== 1) this.#weights.set(number, weight);
    }
    this.#lifts = new Lifts(state, query.preferences);
    this.#filters = new FilterTest(state, query, titles);
  }

  *run(): Generator<void, IndexAnswer> {
    const { words, phrases, excluded } = this.#plan;
    if (words.length || phrases.length) return yield* this.#matching();
    const { words: typed, phrases: quoted, filters } = this.#query.query;
    if (
      filters.length ||
      excluded.length ||
      (this.#query.entities && !typed.length && !quoted.length)
    ) {
      return yield* this.#all();
    }
    // A query without letters or digits matches nothing.
    if (typed.length > 0 || quoted.length > 0)
      return { hits: [], total: 0, facets: {}, ignored: [] };
    return yield* this.#suggestions();
  }

  /** Documents to suggest for an empty query. Facets count the whole index, because all of it can be searched. */
  *#suggestions(): Generator<void, IndexAnswer> {
    const likely = likelyDocuments(this.#deps.state, this.#query.preferences);
    const ranked = likely.map((document, place) => ({ document, score: likely.length - place }));
    const answer = yield* this.#answer(ranked.slice(0, this.#end), likely);
    if (!this.#query.withFacets && !this.#query.withRefCounts) return answer;
    const candidates = yield* this.#newCandidates();
    yield* candidates.takeAll();
    return { ...answer, ...(yield* this.#counts(candidates.documents)) };
  }

  *#matching(): Generator<void, IndexAnswer> {
    const { state, expansions, pool } = this.#deps;
    const { words, phrases } = this.#plan;
    const units: UnitScores[] = [];
    for (let unit = 0; unit < words.length + phrases.length; unit++) {
      units.push(pool.take(state.documents.size));
    }
    try {
      const retrieval = new Retrieval(state, expansions);
      yield* retrieval.score(this.#plan, units);
      words.forEach((_, word) => {
        if (!units[word]?.touched.length) this.#tolerant.add(word);
      });
      yield* retrieval.scoreTypos(this.#plan, units, 'unknown');
      let candidates = yield* this.#candidates(units);
      if (candidates.documents.length < FEW && words.length) {
        const asTyped = new Set(candidates.documents);
        words.forEach((_, word) => this.#tolerant.add(word));
        yield* retrieval.scoreTypos(this.#plan, units, 'all');
        candidates = yield* this.#candidates(units);
        candidates.lift(asTyped, Lift.asTyped);
      }
      if (candidates.documents.length === 0 && (yield* this.#ignoreWords(units))) {
        candidates = yield* this.#candidates(units);
      }
      const best = yield* candidates.best(Math.max(REFINED, this.#end));
      const matcher = this.#newMatcher();
      const { weightOf } = this;
      const refined = yield* refine(best.slice(0, REFINED), { state, matcher, weightOf });
      const ranked = [...refined, ...best.slice(REFINED)].slice(0, this.#end);
      return yield* this.#answer(ranked, candidates.documents);
    } finally {
      pool.give(units);
    }
  }

  /**
   * Makes the words optional that the best partial match lacks: the document in which the other words weigh the
   * most.
   *
   * @returns whether such a document exists
   */
  *#ignoreWords(units: readonly UnitScores[]): Generator<void, boolean> {
    const { words } = this.#plan;
    const typed = new Set(words.flatMap(word => (word.isOptional ? [] : word.typed)));
    // A single word can't match partially.
    if (typed.size + this.#plan.phrases.length < 2) return false;
    const candidates = yield* this.#newCandidates();
    const matched = yield* candidates.bestPartialMatch(
      units,
      units.map((_, unit) => words[unit]?.typed),
      unit => words[unit]?.isOptional ?? false,
    );
    if (!matched) return false;
    const ignored = new Set([...typed].filter(word => !matched.has(word)));
    this.#plan = withoutWords(this.#plan, ignored);
    const { words: written } = this.#query.query;
    this.#ignored = [...ignored].sort((a, b) => a - b).flatMap(word => written[word] ?? []);
    return true;
  }

  *#candidates(units: readonly UnitScores[]): Generator<void, Candidates> {
    const candidates = yield* this.#newCandidates();
    const letters = this.#plan.squeezed.length;
    const { words } = this.#plan;
    yield* candidates.takeMatching(units, letters, unit => words[unit]?.isOptional ?? false);
    return candidates;
  }

  /** Returns all documents that pass the filters, by preference, then by title. */
  *#all(): Generator<void, IndexAnswer> {
    const candidates = yield* this.#newCandidates();
    yield* candidates.takeAll();
    const { state } = this.#deps;
    const best = yield* candidates.best(
      this.#end,
      (a, b) => b.score - a.score || compareDocuments(state, a.document, b.document),
    );
    return yield* this.#answer(best, candidates.documents);
  }

  *#newCandidates(): Generator<void, Candidates> {
    const { state, expansions } = this.#deps;
    const retrieval = new Retrieval(state, expansions);
    const excluded = yield* retrieval.documentsWith(this.#plan.excluded);
    const { weightOf } = this;
    return new Candidates({
      state,
      filters: this.#filters,
      lifts: this.#lifts,
      excluded,
      weightOf,
    });
  }

  #newMatcher(): TermMatcher {
    const { state, expansions } = this.#deps;
    return new TermMatcher({
      plan: this.#plan,
      expansions,
      terms: state.dictionary.terms,
      isTolerant: word => this.#tolerant.has(word),
    });
  }

  /** Number of ranked results needed for the requested page. */
  get #end(): number {
    return this.#query.offset + this.#query.limit;
  }

  weightOf = (document: number): number => {
    if (this.#weights.size === 0) return 1;
    const { documents } = this.#deps.state;
    // The type is a document's first value.
    return this.#weights.get(documents.values[documents.valuesFrom(document)] ?? 0) ?? 1;
  };

  /** @param all - matching documents, unordered */
  *#answer(ranked: readonly Ranked[], all: readonly number[]): Generator<void, IndexAnswer> {
    const matcher = this.#newMatcher();
    const hits: IndexHit[] = [];
    for (const { document, score } of ranked.slice(this.#query.offset)) {
      // The document may have been replaced meanwhile.
      if (this.#deps.state.documents.isGone(document)) continue;
      hits.push(this.#hit(document, score, matcher));
      yield;
    }
    const counts = yield* this.#counts(all);
    return { hits, total: all.length, ...counts, ignored: this.#ignored };
  }

  #hit(number: number, score: number, matcher: TermMatcher): IndexHit {
    const { documents, sources } = this.#deps.state;
    const document = documents.read(number);
    const { type = '', id = '' } = sources[documents.source(number)] ?? {};
    const { title, text } = document;
    const read = text?.slice(0, MAX_TEXT);
    const titleSpots = spotsIn(title, matcher, false);
    const textSpots = read ? spotsIn(read, matcher, true) : [];
    const known = unitsOf(titleSpots) | unitsOf(textSpots);
    const matches = otherMatches(document, matcher, known);
    return {
      type,
      source: id,
      document,
      score,
      title: { text: title, marks: marksOf(titleSpots) },
      snippet: read ? snippetOf(read, textSpots) : undefined,
      ...(matches.length > 0 && { matches }),
    };
  }

  *#counts(all: readonly number[]): Generator<void, Pick<IndexAnswer, 'facets' | 'refCounts'>> {
    const { withFacets, withRefCounts } = this.#query;
    return {
      facets: withFacets ? yield* this.#facets(all) : {},
      ...(withRefCounts && { refCounts: yield* this.#refCounts(all) }),
    };
  }

  *#refCounts(all: readonly number[]): Generator<void, ReadonlyMap<number, number>> {
    const { documents } = this.#deps.state;
    const counts = new Map<number, number>();
    for (const [at, document] of all.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) yield;
      const ref = documents.ref(document);
      counts.set(ref, (counts.get(ref) ?? 0) + 1);
    }
    return counts;
  }

  *#facets(all: readonly number[]): Generator<void, SearchResults['facets']> {
    const { documents, facetValues } = this.#deps.state;
    const counts = new Uint32Array(facetValues.values.length);
    for (const [at, document] of all.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) yield;
      const to = documents.valuesFrom(document + 1);
      for (let value = documents.valuesFrom(document); value < to; value++) {
        const number = documents.values[value] ?? 0;
        counts[number] = (counts[number] ?? 0) + 1;
      }
    }
    const facets: { [Field in FilterField]?: readonly SearchFacetCount[] } = {};
    for (const field of FILTER_FIELDS) {
      const found: SearchFacetCount[] = [];
      facetValues.values.forEach((entry, number) => {
        const count = counts[number] ?? 0;
        if (entry.field === field && count > 0) found.push({ value: entry.value, count });
      });
      if (found.length) facets[field] = mostFrequent(found, MAX_FACET_VALUES);
    }
    return facets;
  }
}

/**
 * Finds the names and keywords of a document that match words which match nothing else.
 *
 * @param found - words that match title or text, as bits
 */
function otherMatches(
  { names = [], keywords = [], ref, isEntity }: SearchDocument,
  matcher: TermMatcher,
  found: number,
): readonly MarkedText[] {
  const matches: MarkedText[] = [];
  let known = found;
  const add = (text: string, units: number, marks: MarkedText['marks']): void => {
    if ((units & ~known) === 0 || matches.length === MAX_MATCHES) return;
    known |= units;
    matches.push({ text, marks });
  };
  if (isEntity && ref !== undefined) {
    add(ref, matcher.match(termOfRef(ref), false)?.units ?? 0, [[0, ref.length]]);
  }
  for (const text of [...names, ...keywords]) {
    const spots = spotsIn(text, matcher, false);
    add(text, unitsOf(spots), marksOf(spots));
  }
  return matches;
}
