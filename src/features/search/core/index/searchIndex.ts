import type { SearchFacetCount } from '../../../../api';
import type {
  FilterField,
  IndexAnswer,
  IndexedSource,
  IndexQuery,
  IndexStatistics,
  SearchIndex,
  TypeWeights,
} from '../types';
import { EntityTitles } from './filters';
import { Query } from './query';
import { UnitScoresPool } from './scoring/scoring';
import { decodeState, encodeState } from './storage/codec';
import { emptyState, type IndexState } from './storage/writer';
import { compacting, Writer } from './storage/writer';
import { ExpansionCache } from './terms/expansions';

/** Number of removed documents that triggers compaction once they outnumber the others. */
const MANY_GONE = 2000;

/** The search index, on the calling thread. */
export class DefaultSearchIndex implements SearchIndex {
  #state = emptyState();
  #writer = new Writer(this.#state);
  #expansions = new ExpansionCache(this.#state.dictionary);
  #titles: EntityTitles | undefined;
  #pool = new UnitScoresPool();
  #weights: ReadonlyMap<string, number> = new Map();
  /** Incremented when document numbers change. */
  #generation = 0;

  *putting(source: IndexedSource): Generator<void, void> {
    this.#titles = undefined;
    yield* this.#writer.putting(source);
    yield* this.#tidying();
  }

  *retaining(type: string, ids: ReadonlySet<string>): Generator<void, void> {
    this.#titles = undefined;
    this.#writer.retain(type, ids);
    yield* this.#tidying();
  }

  /** Puts a source without yielding. */
  put(source: IndexedSource): void {
    finish(this.putting(source));
  }

  /** Retains sources without yielding. */
  retain(type: string, ids: ReadonlySet<string>): void {
    finish(this.retaining(type, ids));
  }

  stamps(type: string): ReadonlyMap<string, string | undefined> {
    return this.#writer.stamps(type);
  }

  setWeights(weights: TypeWeights): void {
    this.#weights = new Map(Object.entries(weights));
  }

  *search(query: IndexQuery): Generator<void, IndexAnswer> {
    for (;;) {
      const generation = this.#generation;
      const work = this.#query(query).run();
      try {
        let step = work.next();
        while (!step.done) {
          yield;
          // Document numbers found so far are invalid after compaction.
          if (generation !== this.#generation) break;
          step = work.next();
        }
        if (step.done) return step.value;
      } finally {
        work.return({ hits: [], total: 0, facets: {}, ignored: [] });
      }
    }
  }

  values(field: FilterField, prefix: string, limit: number): readonly SearchFacetCount[] {
    const titles = this.#entityTitles();
    return this.#state.facetValues.starting(field, prefix, limit, ref => titles.titleOf(ref));
  }

  get statistics(): IndexStatistics {
    return { sources: this.#writer.sources, documents: this.#state.documents.live };
  }

  save(): Uint8Array {
    this.#replace(finish(compacting(this.#state)));
    return encodeState(this.#state);
  }

  load(bytes: Uint8Array): boolean {
    const state = decodeState(bytes);
    this.#replace(state ?? emptyState());
    return state !== undefined;
  }

  clear(): void {
    this.#replace(emptyState());
  }

  #query(query: IndexQuery): Query {
    return new Query(query, {
      state: this.#state,
      expansions: this.#expansions,
      pool: this.#pool,
      titles: this.#entityTitles(),
      weights: this.#weights,
    });
  }

  #entityTitles(): EntityTitles {
    return (this.#titles ??= new EntityTitles(this.#state));
  }

  *#tidying(): Generator<void, void> {
    const { documents } = this.#state;
    const gone = documents.size - documents.live;
    if (gone > MANY_GONE && gone > documents.live) {
      this.#replace(yield* compacting(this.#state));
    }
    const { head, text } = this.#state;
    if (head.isLoose) yield* head.freezing();
    if (text.isLoose) yield* text.freezing();
  }

  #replace(state: IndexState): void {
    this.#state = state;
    this.#writer = new Writer(state);
    this.#expansions = new ExpansionCache(state.dictionary);
    this.#titles = undefined;
    this.#pool.clear();
    this.#generation++;
  }
}

function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
