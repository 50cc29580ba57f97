import { type Postings, PostingsCursor } from './postings';
import type { TermDictionary } from './termDictionary';

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
export function phraseDocuments(
  dictionary: TermDictionary,
  postings: Postings,
  phrase: readonly string[],
  isOpen = false,
): ReadonlyMap<number, PhraseMatch> {
  let before: Map<number, Occurrence> | undefined;
  for (const [place, term] of phrase.entries()) {
    const known = before;
    const numbers =
      isOpen && place === phrase.length - 1
        ? numbersOfPrefix(dictionary, term)
        : [dictionary.numberOf(term) ?? []].flat();
    before = new Map();
    for (const number of numbers) addFollowing(before, known, postings, number);
    if (before.size === 0) break;
  }
  return before ?? new Map<number, Occurrence>();
}

function numbersOfPrefix(dictionary: TermDictionary, prefix: string): readonly number[] {
  const [from, to] = dictionary.range(prefix);
  return [...dictionary.order.subarray(from, to)];
}

interface Occurrence extends PhraseMatch {
  /** Where the last of the terms so far stands. */
  readonly ends: ReadonlySet<number>;
}

function addFollowing(
  found: Map<number, Occurrence>,
  before: ReadonlyMap<number, Occurrence> | undefined,
  postings: Postings,
  term: number,
): void {
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
    const other = found.get(cursor.document);
    found.set(cursor.document, {
      // A term may stand in other fields as well, the phrase only where all of its terms do.
      fields: (known ? fields & known.fields : fields) | (other?.fields ?? 0),
      count: ends.length + (other?.count ?? 0),
      ends: other ? new Set([...other.ends, ...ends]) : new Set(ends),
    });
  }
}
