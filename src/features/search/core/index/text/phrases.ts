import { type Postings, PostingsCursor } from '../storage/postings';
import type { TermDictionary } from '../terms/termDictionary';
import { MAX_TERM, type Token, tokenize } from './tokenize';

/** Bytes of postings to read before yielding. */
const AT_ONCE = 60_000;

/** Fields, as bits, in which a phrase occurs, and its frequency. */
export interface PhraseMatch {
  readonly fields: number;
  readonly count: number;
}

/** Context for matching the next term of a phrase. */
interface Step {
  readonly dictionary: TermDictionary;
  readonly postings: Postings;
  readonly isLast: boolean;
  /** Maximum number of words that the term can be composed of. */
  readonly mostParts: number;
}

/**
 * Finds the documents in which terms occur side by side, in order, with their fields.
 *
 * @param isOpen - whether the last term may be a prefix
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
    // Each word has at least one letter; for a truncated term the number is unknown.
    const mostParts = term.length < MAX_TERM ? term.length : Number.POSITIVE_INFINITY;
    const step = { dictionary, postings, isLast, mostParts };
    for (const number of numbers) {
      read += addFollowing(before, known, number, step);
      if (read < AT_ONCE) continue;
      read = 0;
      yield;
    }
    if (known && !isLast) yield* moveToEnds(before, term, step);
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
  /** Positions where the last term so far ends; empty if nothing follows. */
  ends: Set<number>;
  /** Position where the last term begins, mapped to where the next one would be: after all parts of a compound. */
  readonly next: Map<number, number>;
}

/** @returns the number of bytes read */
function addFollowing(
  found: Map<number, Occurrence>,
  before: ReadonlyMap<number, Occurrence> | undefined,
  term: number,
  { postings, isLast, mostParts }: Step,
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
    // Each term may occur in other fields; the phrase occurs only in fields that all terms share.
    const fields = known ? cursor.fields & known.fields : cursor.fields;
    let occurrence = found.get(cursor.document);
    if (!occurrence) {
      occurrence = { fields: 0, count: 0, ends: new Set(), next: new Map() };
      found.set(cursor.document, occurrence);
    }
    occurrence.fields |= fields;
    occurrence.count += ends.length;
    if (isLast) continue;
    for (const end of ends) occurrence.ends.add(end);
    if (known) addNext(occurrence, positions, mostParts);
  }
  return to - from;
}

function addNext(
  { ends, next }: Occurrence,
  positions: readonly number[],
  mostParts: number,
): void {
  for (const [at, position] of positions.entries()) {
    const following = positions[at + 1];
    if (following === undefined || following - position >= mostParts) continue;
    if (ends.has(position)) next.set(position, following);
  }
}

/**
 * Moves the ends of compounds from their first word to their last: a compound starts where its prefix occurs as a
 * word of its own.
 */
function* moveToEnds(
  found: ReadonlyMap<number, Occurrence>,
  term: string,
  { dictionary, postings }: Step,
): Generator<void, void> {
  const open = new Map([...found].filter(([, { next }]) => next.size > 0));
  if (open.size === 0) return;
  const moved = new Map<Occurrence, Set<number>>();
  let read = 0;
  for (let length = 1; length < term.length; length++) {
    // `C` in `C#` is the same word.
    if (/^[#+]+$/.test(term.slice(length))) break;
    const number = dictionary.numberOf(term.slice(0, length));
    if (number === undefined) continue;
    const { bytes, from, to } = postings.read(number);
    const cursor = new PostingsCursor(bytes, from, to);
    while (cursor.next()) {
      const occurrence = open.get(cursor.document);
      if (!occurrence) {
        cursor.skipPositions();
        continue;
      }
      const starts = cursor.positions().filter(position => occurrence.next.has(position));
      if (!starts.length) continue;
      let known = moved.get(occurrence);
      if (!known) moved.set(occurrence, (known = new Set()));
      for (const start of starts) known.add(start);
    }
    read += to - from;
    if (read < AT_ONCE) continue;
    read = 0;
    yield;
  }
  for (const [occurrence, starts] of moved) {
    const { ends, next } = occurrence;
    occurrence.ends = new Set(
      [...ends].map(end => (starts.has(end) ? (next.get(end) ?? end) : end)),
    );
  }
}

/**
 * Groups tokens by position. A compound comes after its words in the list but has the position of its first word.
 */
export function byPosition(tokens: readonly Token[]): ReadonlyMap<number, readonly Token[]> {
  const places = new Map<number, Token[]>();
  for (const token of tokens) {
    const there = places.get(token.position);
    if (there) there.push(token);
    else places.set(token.position, [token]);
  }
  return places;
}

interface WantedPhrase {
  readonly phrase: readonly string[];
  /** Whether its last word may be a prefix. */
  readonly isOpen: boolean;
  readonly places: ReadonlyMap<number, readonly Token[]>;
}

/** Returns the last token of a phrase that starts at a token. */
export function lastOfPhrase(
  first: Token,
  { phrase, isOpen, places }: WantedPhrase,
): Token | undefined {
  let last: Token | undefined;
  for (const [at, wanted] of phrase.entries()) {
    const there = last ? (places.get(last.position + last.parts) ?? []) : [first];
    const mayGoOn = isOpen && at === phrase.length - 1;
    last = there.find(({ term }) => (mayGoOn ? term.startsWith(wanted) : term === wanted));
    if (!last) return undefined;
  }
  return last;
}

/** Whether a text contains any of the phrases. */
export function containsAny(text: string, phrases: readonly (readonly string[])[]): boolean {
  const tokens = tokenize(text, 'name');
  const places = byPosition(tokens);
  return phrases.some(phrase =>
    tokens.some(token => lastOfPhrase(token, { phrase, isOpen: false, places })),
  );
}
