import type { SearchDocument } from '../../../../../api';
import type { IndexedSource } from '../../types';
import { Flag } from '../documents';
import { analyse, bounded } from '../text/analyse';
import type { IndexState } from './state';

/** Puts documents into an index and takes them out. */
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

  /** How many there are. */
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

  /** Document by document. */
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
        // Both have a list for each term, so that all of an index has the same numbers.
        while (head.lists <= list) head.addList();
        while (text.lists <= list) text.addList();
        postings.add(list, number, fields, positions);
      }
    }
  }

  #valuesOf({ facets = {} }: SearchDocument, type: string): number[] {
    const { facetValues } = this.#state;
    const numbers = [facetValues.add('in', type)];
    for (const field of ['kind', 'type', 'owner', 'lifecycle', 'tag', 'system'] as const) {
      for (const value of new Set(facets[field])) numbers.push(facetValues.add(field, value));
    }
    return numbers;
  }
}

function flagsOf({ facets }: SearchDocument, isEntity: boolean): number {
  const isDeprecated = facets?.lifecycle?.includes('deprecated') ?? false;
  return (isEntity ? Flag.entity : 0) | (isDeprecated ? Flag.deprecated : 0);
}
