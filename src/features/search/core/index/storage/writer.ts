import { facets as facetFields } from '../../query/parseQuery';
import type { SearchDocument } from '../../../../../api';
import type { IndexedSource } from '../../types';
import { Documents, Flag, type StoredSource } from '../documents';
import { FacetValues } from '../facetValues';
import { TermDictionary } from '../terms/termDictionary';
import { analyse, bounded } from '../text/analyse';
import { NO_NUMBER, Postings } from './postings';

/** Contents of an index. */
export interface IndexState {
  readonly dictionary: TermDictionary;
  /** Postings of names, titles, keywords and paths; by term number. */
  readonly head: Postings;
  /** Postings of texts. */
  readonly text: Postings;
  readonly documents: Documents;
  readonly facetValues: FacetValues;
  /** By number, including removed sources. */
  readonly sources: StoredSource[];
}

export function emptyState(): IndexState {
  return {
    dictionary: new TermDictionary(),
    head: new Postings(),
    text: new Postings(),
    documents: new Documents(),
    facetValues: new FacetValues(),
    sources: [],
  };
}

/** Adds documents to an index and removes them. */
export class Writer {
  #state: IndexState;
  /** Numbers of sources, by type and id. */
  #sources = new Map<string, Map<string, number>>();

  constructor(state: IndexState) {
    this.#state = state;
    for (const [number, { type, id, isGone }] of state.sources.entries()) {
      if (!isGone) this.#ofType(type).set(id, number);
    }
  }

  /** Number of sources. */
  get sources(): number {
    let sum = 0;
    for (const { size } of this.#sources.values()) sum += size;
    return sum;
  }

  stamps(type: string): ReadonlyMap<string, string | undefined> {
    const stamps = new Map<string, string | undefined>();
    for (const [id, number] of this.#sources.get(type) ?? []) {
      stamps.set(id, this.#state.sources[number]?.stamp);
    }
    return stamps;
  }

  /** Adds a source, yielding after each document. */
  *putting({ type, id, stamp, documents }: IndexedSource): Generator<void, void> {
    this.#remove(type, id);
    if (!documents.length && stamp === undefined) return;
    const { sources } = this.#state;
    const number = sources.length;
    const first = this.#state.documents.size;
    sources.push({ type, id, stamp, first, count: documents.length, isGone: false });
    this.#ofType(type).set(id, number);
    for (const document of documents) {
      this.#add(bounded(document), type, number);
      yield;
    }
  }

  retain(type: string, ids: ReadonlySet<string>): void {
    for (const id of [...(this.#sources.get(type)?.keys() ?? [])]) {
      if (!ids.has(id)) this.#remove(type, id);
    }
  }

  #ofType(type: string): Map<string, number> {
    let sources = this.#sources.get(type);
    if (!sources) this.#sources.set(type, (sources = new Map<string, number>()));
    return sources;
  }

  #remove(type: string, id: string): void {
    const number = this.#sources.get(type)?.get(id);
    if (number === undefined) return;
    this.#sources.get(type)?.delete(id);
    const { sources, documents, facetValues } = this.#state;
    const source = sources[number];
    if (!source) return;
    sources[number] = { ...source, isGone: true };
    for (let document = source.first; document < source.first + source.count; document++) {
      const to = documents.valuesFrom(document + 1);
      for (let at = documents.valuesFrom(document); at < to; at++) {
        facetValues.remove(documents.values[at] ?? 0);
      }
      documents.remove(document);
    }
  }

  #add(document: SearchDocument, type: string, source: number): void {
    const { dictionary, head, text, documents } = this.#state;
    const analysed = analyse(document);
    const number = documents.add({
      document,
      source,
      flags: flagsOf(document, analysed.isEntity),
      textLength: analysed.textLength,
      nameLength: analysed.nameLength,
      values: this.#valuesOf(document, type),
    });
    for (const [postings, occurrences] of [
      [head, analysed.head],
      [text, analysed.text],
    ] as const) {
      for (const [term, { fields, positions }] of occurrences) {
        const list = dictionary.add(term);
        // Both have a list for each term, so that term numbers are the same everywhere.
        while (head.lists <= list) head.addList();
        while (text.lists <= list) text.addList();
        postings.add(list, number, fields, positions);
      }
    }
  }

  #valuesOf({ facets = {} }: SearchDocument, type: string): number[] {
    const { facetValues } = this.#state;
    const numbers = [facetValues.add('in', type)];
    for (const field of facetFields) {
      for (const value of new Set(facets[field])) numbers.push(facetValues.add(field, value));
    }
    return numbers;
  }
}

function flagsOf({ facets }: SearchDocument, isEntity: boolean): number {
  const isDeprecated = facets?.lifecycle?.includes('deprecated') ?? false;
  return (isEntity ? Flag.entity : 0) | (isDeprecated ? Flag.deprecated : 0);
}

/**
 * Returns the state without removed documents, with frozen lists and sorted terms. Works in steps, during which the
 * state must not change.
 */
export function* compacting(state: IndexState): Generator<void, IndexState> {
  const { size, live } = state.documents;
  const hasGone = size !== live || state.sources.some(({ isGone }) => isGone);
  if (!hasGone && state.dictionary.isInOrder) return state;
  const numbers = new Uint32Array(size).fill(NO_NUMBER);
  const documents = new Documents();
  const facetValues = new FacetValues();
  const sources: IndexState['sources'] = [];
  for (const source of state.sources) {
    if (source.isGone) continue;
    const first = documents.size;
    for (let old = source.first; old < source.first + source.count; old++) {
      numbers[old] = documents.size;
      documents.copy(state.documents, old, sources.length, valuesOf(state, old, facetValues));
    }
    sources.push({ ...source, first });
    yield;
  }
  const order = state.dictionary.order;
  const moved = size === live ? undefined : numbers;
  yield;
  const head = yield* state.head.picking(order, moved);
  const text = yield* state.text.picking(order, moved);
  const isUsed = (list: number): boolean =>
    (head.starts[list + 1] ?? 0) > (head.starts[list] ?? 0) ||
    (text.starts[list + 1] ?? 0) > (text.starts[list] ?? 0);
  const used = [...order.keys()].filter(isUsed);
  return {
    dictionary: new TermDictionary(
      used.map(list => state.dictionary.terms[order[list] ?? 0] ?? ''),
    ),
    head: new Postings(Postings.without(head, used)),
    text: new Postings(Postings.without(text, used)),
    documents,
    facetValues,
    sources,
  };
}

function valuesOf(state: IndexState, document: number, facetValues: FacetValues): number[] {
  const numbers: number[] = [];
  const to = state.documents.valuesFrom(document + 1);
  for (let at = state.documents.valuesFrom(document); at < to; at++) {
    const entry = state.facetValues.values[state.documents.values[at] ?? 0];
    if (entry) numbers.push(facetValues.add(entry.field, entry.value));
  }
  return numbers;
}
