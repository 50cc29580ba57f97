import type { MarkedText } from '../../../../../api';
import { bitsOf, marksOf, type Spot } from './spots';

/** UTF-16 code units, about. */
const LENGTH = 180;
/** How much of it stands in front of the first word that is found. */
const LEAD = 40;
/** As long a phrase is shown, or what there is of one word. */
const MOST = 2 * LENGTH;
/** How far a cut goes to find the end of a word. */
const REACH = 24;

/** The part of a text in which most words of a query stand; its beginning where none do. */
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

/** The first and last of the spots that stand near each other and are worth most together. */
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
      // One that is longer by itself is shown as far as it goes.
      if (!spot || (at > from && spot.to - first.from > LENGTH - LEAD)) break;
      // Words that were there already say a little.
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

/** With a single space for all white space, as it is shown in one line. */
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
