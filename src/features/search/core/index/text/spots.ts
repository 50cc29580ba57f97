import type { MarkedText, TextMark } from '../../../../../api';
import type { TermMatcher } from '../scoring/matching';
import { fold, isWordLetter, letterAt } from './letters';
import { byPosition, lastOfPhrase } from './phrases';
import { type Token, tokenize } from './tokenize';

/** A match of a query in a text. */
export interface Spot {
  /** UTF-16 offsets. */
  readonly from: number;
  readonly to: number;
  readonly position: number;
  /** Matching words of the query, as bits, followed by phrases. */
  readonly units: number;
  readonly quality: number;
}

/** Finds all matches, ordered by start. */
export function spotsIn(text: string, matcher: TermMatcher, isText: boolean): Spot[] {
  const tokens = tokenize(text, isText ? 'text' : 'name');
  const { words, phrases, isPhraseOpen } = matcher.plan;
  const places = phrases.length ? byPosition(tokens) : undefined;
  const spots: Spot[] = [];
  for (const token of tokens) {
    const match = matcher.match(token.term, isText);
    if (match) {
      const { from, position } = token;
      const to = endOfLetters(text, token, match.letters);
      spots.push({ from, to, position, units: match.units, quality: match.quality });
    }
    for (const [at, phrase] of phrases.entries()) {
      const isOpen = isPhraseOpen && at === phrases.length - 1;
      const last = places && lastOfPhrase(token, { phrase, isOpen, places });
      if (!last) continue;
      const { from, position } = token;
      const letters = isOpen ? (phrase.at(-1)?.length ?? 0) : last.term.length;
      const to = endOfLetters(text, last, letters);
      spots.push({ from, to, position, units: 1 << (words.length + at), quality: 1 });
    }
  }
  return spots.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Returns the words of the query that match somewhere, as bits. */
export function unitsOf(spots: readonly Spot[]): number {
  return spots.reduce((all, { units }) => all | units, 0);
}

/** Merges overlapping matches into marks, in order. */
export function marksOf(spots: readonly Spot[]): TextMark[] {
  const marks: [number, number][] = [];
  for (const { from, to } of spots) {
    const last = marks.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else marks.push([from, to]);
  }
  return marks;
}

/**
 * Computes how close together the words of a query occur in a text, from 0 to 1: 1 if all are adjacent.
 *
 * @param count - number of words
 */
export function closenessOf(spots: readonly Spot[], count: number): number {
  const all = unitsOf(spots);
  const wanted = bitsOf(all);
  if (wanted < 2) return spots.some(({ units }) => bitsOf(units) > 1) ? 1 : 0;
  let best = Number.POSITIVE_INFINITY;
  const ofUnit = new Map<number, number>();
  let from = 0;
  let bits = 0;
  const add = (units: number, by: number): void => {
    for (let unit = units; unit; unit &= unit - 1) {
      const lowest = unit & -unit;
      const left = (ofUnit.get(lowest) ?? 0) + by;
      ofUnit.set(lowest, left);
      if (left === 0) bits &= ~lowest;
      else bits |= lowest;
    }
  };
  for (const spot of spots) {
    add(spot.units, 1);
    while (bits === all) {
      const first = spots[from++];
      if (!first) break;
      best = Math.min(best, spot.position - first.position + 1);
      add(first.units, -1);
    }
  }
  const tightness = Math.min(1, wanted / best);
  return tightness * (wanted / count);
}

export function bitsOf(units: number): number {
  let bits = 0;
  for (let left = units; left; left &= left - 1) bits++;
  return bits;
}

/** Returns the end of the part of a token that produced a number of folded letters. */
function endOfLetters(text: string, { term, from, to }: Token, letters: number): number {
  if (letters >= term.length) return to;
  let kept = '';
  let folded = 0;
  let at = from;
  while (at < to) {
    const next = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
    const isWord = isWordLetter(letterAt(text, at));
    if (folded >= letters && !isWord) break;
    if (isWord) kept += text.slice(at, next);
    // Combining marks are not letters of their own.
    const all = isWord ? fold(kept).length : folded;
    if (folded >= letters && all > folded) break;
    folded = all;
    at = next;
  }
  return at;
}

/** Approximate length of a snippet in UTF-16 code units. */
const LENGTH = 180;
/** Characters shown before the first match. */
const LEAD = 40;
/** Maximum length of a match that is shown whole. */
const MOST = 2 * LENGTH;
/** Characters to look for a word boundary in. */
const REACH = 24;

/** Returns the part of a text with the most matching words; its beginning if there are none. */
export function snippetOf(text: string, spots: readonly Spot[]): MarkedText {
  const [first, last] = densest(spots);
  const from = first?.from ?? 0;
  const to = Math.min(last?.to ?? 0, from + MOST);
  const start = startBefore(text, from, to);
  const end = endBehind(text, start, to);
  const before = start > 0 ? '… ' : '';
  const kept = text.slice(start, end);
  const marks = marksOf(spots.filter(spot => spot.from >= start && spot.from < end)).map(
    ([markFrom, markTo]) => [markFrom, Math.min(markTo, end)] as const,
  );
  return oneLine(before, kept, end < text.length ? ' …' : '', marks, start);
}

/** Returns the first and last of the nearby matches with the highest total weight. */
function densest(spots: readonly Spot[]): readonly [Spot | undefined, Spot | undefined] {
  let best: readonly [Spot | undefined, Spot | undefined] = [undefined, undefined];
  let bestWorth = 0;
  for (let from = 0; from < spots.length; from++) {
    const first = spots[from];
    if (!first) continue;
    let units = 0;
    let worth = 0;
    let last = first;
    for (let at = from; at < spots.length && at < from + 40; at++) {
      const spot = spots[at];
      // A single match may be longer than a snippet.
      if (!spot || (at > from && spot.to - first.from > LENGTH - LEAD)) break;
      // Repeated words add little.
      worth += bitsOf(spot.units & ~units) * 10 * spot.quality + 0.2 * spot.quality;
      units |= spot.units;
      if (spot.to > last.to) last = spot;
    }
    if (worth > bestWorth + 1e-9) {
      bestWorth = worth;
      best = [first, last];
    }
  }
  return best;
}

function startBefore(text: string, from: number, to: number): number {
  const lead = Math.max(LEAD, Math.floor((LENGTH - (to - from)) / 2));
  if (from <= lead) return 0;
  const wanted = from - lead;
  for (let at = wanted; at < from && at < wanted + REACH; at++) {
    if (isWhiteSpace(text, at)) return at + 1;
  }
  return isLowSurrogate(text, wanted) ? wanted + 1 : wanted;
}

function endBehind(text: string, start: number, to: number): number {
  const wanted = Math.max(start + LENGTH, to);
  if (wanted >= text.length) return text.length;
  for (let at = wanted; at > to && at > wanted - REACH; at--) {
    if (isWhiteSpace(text, at)) return at;
  }
  return isLowSurrogate(text, wanted) ? wanted + 1 : wanted;
}

function isWhiteSpace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit < 128 ? unit <= 32 : /\s/.test(text.charAt(at));
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Collapses white space and adjusts the marks, for display on one line. */
function oneLine(
  before: string,
  kept: string,
  behind: string,
  marks: readonly (readonly [number, number])[],
  start: number,
): MarkedText {
  const places = new Uint32Array(kept.length + 1);
  let text = before;
  let isSpace = true;
  for (let at = 0; at < kept.length; at++) {
    places[at] = text.length;
    const isHere = isWhiteSpace(kept, at);
    if (!isHere) text += kept.charAt(at);
    else if (!isSpace) text += ' ';
    isSpace = isHere;
  }
  places[kept.length] = text.length;
  const trimmed = text.trimEnd();
  return {
    text: `${trimmed}${behind}`,
    marks: marks.map(([from, to]) => [places[from - start] ?? 0, places[to - start] ?? 0]),
  };
}
