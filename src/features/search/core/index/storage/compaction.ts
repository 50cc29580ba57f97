import { Documents } from '../documents';
import { FacetValues } from '../facetValues';
import { TermDictionary } from '../terms/termDictionary';
import { NO_NUMBER, Postings } from './postings';
import type { IndexState } from './state';

/**
 * The same without what is gone, everything in one piece; terms are numbered in their order. In steps, during which
 * the state must stay as it is.
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
