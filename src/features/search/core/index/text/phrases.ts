import { type Postings, PostingsCursor } from '../storage/postings';
import type { TermDictionary } from '../terms/termDictionary';
import { MAX_TERM, type Token, tokenize } from './tokenize';

/** Bytes of postings that are read without a stop. */
const AT_ONCE = 60_000;

/** Where a phrase stands: in which fields, as bits, and how often. */
export interface PhraseMatch {
  readonly fields: number;
  readonly count: number;
}

/** Of the term that is the next of a phrase, and what is known of it. */
interface Step {
  readonly dictionary: TermDictionary;
  readonly postings: Postings;
  readonly isLast: boolean;
  /** As many words it can be put together of. */
  readonly mostParts: number;
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
    // Each has a letter at least; of a term that was cut nobody knows.
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
  /** Where the last of the terms so far stands; none where nothing follows. */
  ends: Set<number>;
  /** By where the last term begins, where it is found next: it ends there, where it is put together of several. */
  readonly next: Map<number, number>;
}

/** @returns how many bytes it has read */
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
    // A term may stand in other fields as well, the phrase only where all of its terms do.
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
 * Moves the ends of what is put together of several words from the first of these to the last: a term is where its
 * beginning stands as a word of its own.
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

/** What is put together of several words stands behind them, but where the first of them does. */
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
  /** Whether its last word may be the beginning of one. */
  readonly isOpen: boolean;
  readonly places: ReadonlyMap<number, readonly Token[]>;
}

/** The last token of a phrase that begins with a token. */
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

/** Whether one of the phrases stands in a text. */
export function saysAny(text: string, phrases: readonly (readonly string[])[]): boolean {
  const tokens = tokenize(text, 'name');
  const places = byPosition(tokens);
  return phrases.some(phrase =>
    tokens.some(token => lastOfPhrase(token, { phrase, isOpen: false, places })),
  );
}
