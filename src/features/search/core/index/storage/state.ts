import { Documents, type StoredSource } from '../documents';
import { FacetValues } from '../facetValues';
import { TermDictionary } from '../terms/termDictionary';
import { Postings } from './postings';

/** All that an index holds. */
export interface IndexState {
  readonly dictionary: TermDictionary;
  /** Of names, titles, keywords and paths; by number of the term. */
  readonly head: Postings;
  /** Of texts. */
  readonly text: Postings;
  readonly documents: Documents;
  readonly facetValues: FacetValues;
  /** By number, with those that are gone. */
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
