import type { SearchDocument } from '../../src/api';
import { isRecord } from '../../src/base';
import type {
  FilterField,
  IndexAnswer,
  IndexedSource,
  IndexHit,
  IndexQuery,
  SearchIndex,
  TypeWeights,
} from '../../src/features/search/core';

/** An index that scans all documents: finds words anywhere in titles, names and texts. */
export class PlainSearchIndex implements SearchIndex {
  weights: TypeWeights = {};
  #sources = new Map<string, IndexedSource>();

  *putting(source: IndexedSource): Generator<void, void> {
    yield;
    this.put(source);
  }

  *retaining(type: string, ids: ReadonlySet<string>): Generator<void, void> {
    yield;
    this.retain(type, ids);
  }

  put(source: IndexedSource): void {
    const key = keyOf(source.type, source.id);
    const isKept = source.documents.length > 0 || source.stamp !== undefined;
    if (isKept) this.#sources.set(key, source);
    else this.#sources.delete(key);
  }

  retain(type: string, ids: ReadonlySet<string>): void {
    for (const [key, source] of this.#sources) {
      if (source.type === type && !ids.has(source.id)) this.#sources.delete(key);
    }
  }

  stamps(type: string): ReadonlyMap<string, string | undefined> {
    const own = [...this.#sources.values()].filter(source => source.type === type);
    return new Map(own.map(({ id, stamp }) => [id, stamp]));
  }

  setWeights(weights: TypeWeights): void {
    this.weights = weights;
  }

  *search({ query, limit, offset }: IndexQuery): Generator<void, IndexAnswer> {
    const hits: IndexHit[] = [];
    for (const { type, id, documents } of this.#sources.values()) {
      const isWanted = query.filters.every(({ field, value }) => field !== 'in' || value === type);
      for (const document of isWanted ? documents : []) {
        const all = textOf(document);
        if (!query.words.every(word => all.includes(word))) continue;
        hits.push({
          type,
          source: id,
          document,
          score: this.weights[type] ?? 1,
          title: { text: document.title, marks: [] },
          snippet: document.text === undefined ? undefined : { text: document.text, marks: [] },
        });
      }
      yield;
    }
    hits.sort((a, b) => b.score - a.score);
    return {
      hits: hits.slice(offset, offset + limit),
      total: hits.length,
      facets: {},
      ignored: [],
    };
  }

  values(
    field: FilterField,
    prefix: string,
    limit: number,
  ): readonly { value: string; count: number }[] {
    const counts = new Map<string, number>();
    for (const { type, documents } of this.#sources.values()) {
      for (const { facets = {} } of documents) {
        for (const value of field === 'in' ? [type] : (facets[field] ?? [])) {
          if (value.startsWith(prefix)) counts.set(value, (counts.get(value) ?? 0) + 1);
        }
      }
    }
    return [...counts].map(([value, count]) => ({ value, count })).slice(0, limit);
  }

  get statistics(): { readonly sources: number; readonly documents: number } {
    const all = [...this.#sources.values()];
    return { sources: all.length, documents: all.flatMap(({ documents }) => documents).length };
  }

  save(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify({ sources: [...this.#sources.values()] }));
  }

  load(bytes: Uint8Array): boolean {
    this.clear();
    try {
      const saved: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (!isRecord(saved) || !Array.isArray(saved['sources'])) return false;
      for (const source of saved['sources'] as readonly IndexedSource[]) this.put(source);
      return true;
    } catch {
      return false;
    }
  }

  clear(): void {
    this.#sources.clear();
  }
}

function keyOf(type: string, id: string): string {
  return JSON.stringify([type, id]);
}

function textOf({ title, names = [], text = '' }: SearchDocument): string {
  return [title, ...names, text].join('\n').toLowerCase();
}
