import type {
  SearchChangeEvent,
  SearchCollator,
  SearchDocument,
  SearchSource,
} from '../../src/api';
import { Emitter } from '../../src/base';
import type { IndexedSource, IndexQuery } from '../../src/features/search/core';

/** Returns a query for words, without filters. */
export function aQuery(text: string, query: Partial<IndexQuery> = {}): IndexQuery {
  return {
    query: {
      words: text.toLowerCase().split(' ').filter(Boolean),
      phrases: [],
      excludedWords: [],
      excludedPhrases: [],
      filters: [],
      isUnfinished: true,
    },
    preferences: { mine: [], starred: [], recent: [] },
    limit: 10,
    offset: 0,
    withFacets: false,
    ...query,
  };
}

/** Returns a source with a document per title. */
export function aSource(type: string, id: string, ...titles: readonly string[]): IndexedSource {
  return { type, id, stamp: undefined, documents: titles.map(title => aDocument(title)) };
}

export function aDocument(title: string, document: Partial<SearchDocument> = {}): SearchDocument {
  return { id: title, title, location: { file: `file:///work/${title}.md` }, ...document };
}

/** Titles of documents by source. A stamp follows a `#` in the source's name. */
export type Notes = Readonly<Record<string, readonly string[]>>;

/** A collator of notes that records its calls. */
export class NotesCollator implements SearchCollator {
  readonly title = 'Notes';
  readonly icon = 'note';
  readonly requests: string[] = [];
  #notes: Notes;
  #changed = new Emitter<SearchChangeEvent>();

  readonly onDidChange = this.#changed.event;

  constructor(
    notes: Notes,
    readonly id = 'notes',
  ) {
    this.#notes = notes;
  }

  /** Replaces the notes, and reports the changed sources; by default, all of them. */
  write(notes: Notes, ...sources: readonly string[]): void {
    this.#notes = notes;
    this.#changed.fire({ sources: sources.length ? new Set(sources) : undefined });
  }

  async getSources(): Promise<readonly SearchSource[]> {
    this.requests.push('sources');
    return Object.keys(this.#notes).map(name => {
      const [id = '', stamp] = name.split('#');
      return stamp === undefined ? { id } : { id, stamp };
    });
  }

  collate(source: string): readonly SearchDocument[] | Promise<readonly SearchDocument[]> {
    this.requests.push(source);
    const found = Object.entries(this.#notes).find(([name]) => name.split('#')[0] === source);
    return (found?.[1] ?? []).map(title => aDocument(title));
  }
}
