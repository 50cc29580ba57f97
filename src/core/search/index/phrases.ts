import { type Postings, PostingsCursor } from './postings';
import type { TermDictionary } from './termDictionary';

/** Where a phrase stands: in which fields, as bits, and how often. */
export interface PhraseMatch {
  readonly fields: number;
  readonly count: number;
}

/** The documents in which terms stand side by side, in order, with their fields. */
export function phraseDocuments(
  dictionary: TermDictionary,
  postings: Postings,
  phrase: readonly string[],
): ReadonlyMap<number, PhraseMatch> {
  const numbers = phrase.map(term => dictionary.numberOf(term));
  let before: Map<number, Occurrence> | undefined;
  for (const number of numbers) {
    if (number === undefined) return new Map();
    before = following(before, postings, number);
    if (before.size === 0) return before;
  }
  return before ?? new Map<number, Occurrence>();
}

interface Occurrence extends PhraseMatch {
  /** Where the last of the terms so far stands. */
  readonly ends: ReadonlySet<number>;
}

function following(
  before: ReadonlyMap<number, Occurrence> | undefined,
  postings: Postings,
  term: number,
): Map<number, Occurrence> {
  const found = new Map<number, Occurrence>();
  const { bytes, from, to } = postings.read(term);
  const cursor = new PostingsCursor(bytes, from, to);
  while (cursor.next()) {
    const known = before?.get(cursor.document);
    if (before && !known) {
      cursor.skipPositions();
      continue;
    }
    const { fields } = cursor;
    const positions = cursor.positions();
    const ends = known ? positions.filter(position => known.ends.has(position - 1)) : positions;
    if (!ends.length) continue;
    found.set(cursor.document, {
      // A term may stand in other fields as well, the phrase only where all of its terms do.
      fields: known ? fields & known.fields : fields,
      count: ends.length,
      ends: new Set(ends),
    });
  }
  return found;
}
