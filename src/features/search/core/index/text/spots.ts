import type { TextMark } from '../../../../../api';
import type { TermMatcher } from '../scoring/matching';
import { fold, isWordLetter, letterAt } from './letters';
import { byPosition, lastOfPhrase } from './phrases';
import { type Token, tokenize } from './tokenize';

/** Where something of a query stands in a text. */
export interface Spot {
  /** UTF-16 offsets. */
  readonly from: number;
  readonly to: number;
  readonly position: number;
  /** The words of the query, as bits; phrases behind them. */
  readonly units: number;
  readonly quality: number;
}

/** All of them, by where they begin. */
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

/** In order, apart. */
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
 * How close together words of a query stand in a text, from 0 to 1: 1 where all of them stand side by side.
 *
 * @param count - how many there are
 */
export function closenessOf(spots: readonly Spot[], count: number): number {
  let all = 0;
  for (const { units } of spots) all |= units;
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

/** Where the part of a token ends that so many folded letters were made of. */
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
    // Marks that are put onto the letter before are letters of none of their own.
    const all = isWord ? fold(kept).length : folded;
    if (folded >= letters && all > folded) break;
    folded = all;
    at = next;
  }
  return at;
}
