import { type Postings, PostingsCursor } from './postings';
import type { TermDictionary } from './termDictionary';

/** Bytes of postings that are read without a stop. */
const AT_ONCE = 60_000;

/** Where a phrase stands: in which fields, as bits, and how often. */
export interface PhraseMatch {
  readonly fields: number;
  readonly count: number;
}

/**
 * The documents in which terms stand side by side, in order, with their fields.
 *
 * @param isOpen - whether the last of them may be the beginning of one
 */
export function* phraseDocuments(
  dictionary: TermDictionary,
  postings: Postings,
  phrase: readonly string[],
  isOpen = false,
): Generator<void, ReadonlyMap<number, PhraseMatch>> {
  let before: Map<number, Occurrence> | undefined;
  let read = 0;
  for (const [place, term] of phrase.entries()) {
    const known = before;
    const isLast = place === phrase.length - 1;
    const numbers =
      isOpen && isLast
        ? numbersOfPrefix(dictionary, term)
        : [dictionary.numberOf(term) ?? []].flat();
    before = new Map();
    for (const number of numbers) {
      read += addFollowing(before, known, { postings, term: number, isLast });
      if (read < AT_ONCE) continue;
      read = 0;
      yield;
    }
    if (before.size === 0) break;
  }
  return before ?? new Map<number, Occurrence>();
}

function numbersOfPrefix(dictionary: TermDictionary, prefix: string): readonly number[] {
  const [from, to] = dictionary.range(prefix);
  return [...dictionary.order.subarray(from, to)];
}

interface Occurrence extends PhraseMatch {
  fields: number;
  count: number;
  /** Where the last of the terms so far stands; none where nothing follows. */
  readonly ends: Set<number>;
}

/** @returns how many bytes it has read */
function addFollowing(
  found: Map<number, Occurrence>,
  before: ReadonlyMap<number, Occurrence> | undefined,
  {
    postings,
    term,
    isLast,
  }: { readonly postings: Postings; readonly term: number; readonly isLast: boolean },
): number {
  const { bytes, from, to } = postings.read(term);
  const cursor = new PostingsCursor(bytes, from, to);
  while (cursor.next()) {
    const known = before?.get(cursor.document);
    if (before && !known) {
      cursor.skipPositions();
      continue;
    }
    const positions = cursor.positions();
    const ends = known ? positions.filter(position => known.ends.has(position - 1)) : positions;
    if (!ends.length) continue;
    // A term may stand in other fields as well, the phrase only where all of its terms do.
    const fields = known ? cursor.fields & known.fields : cursor.fields;
    let occurrence = found.get(cursor.document);
    if (!occurrence) {
      found.set(cursor.document, (occurrence = { fields: 0, count: 0, ends: new Set() }));
    }
    occurrence.fields |= fields;
    occurrence.count += ends.length;
    if (!isLast) for (const end of ends) occurrence.ends.add(end);
  }
  return to - from;
}
