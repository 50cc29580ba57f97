import { wordStart } from '../../../../base';

/** A section with its searched texts in lower case. */
export interface SearchedSection {
  readonly anchor: string | undefined;
  readonly heading: string;
  readonly text: string;
  readonly path: string;
  readonly title: string;
  readonly lowerTitle: string;
  readonly lowerHeading: string;
  readonly lowerText: string;
}

/** A part of a text; `isMatch` if it matches the query. */
export interface MatchedPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Splits a query into unique words in lower case. */
export function searchWords(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().split(/\s+/).filter(Boolean))];
}

/**
 * Scores how well a section matches words, all of which must occur; 0 for no match. Headings weigh most, then the
 * title of the page, then the text; word starts weigh more than middles, and adjacent words most.
 */
export function scoreSection(section: SearchedSection, words: readonly string[]): number {
  const { lowerHeading, lowerText, lowerTitle } = section;
  let score = 0;
  for (const word of words) {
    const worth =
      worthOf(lowerHeading, word, 12) ||
      worthOf(lowerTitle, word, 6) ||
      worthOf(lowerText, word, 2);
    if (worth === 0) return 0;
    score += worth;
  }
  // If only the page title matches, one section is enough.
  if (!words.some(word => lowerHeading.includes(word) || lowerText.includes(word))) return 0;
  const phrase = words.join(' ');
  if (lowerHeading === phrase) score += 20;
  else if (words.length > 1 && lowerHeading.includes(phrase)) score += 10;
  else if (words.length > 1 && lowerText.includes(phrase)) score += 3;
  return score;
}

function worthOf(text: string, word: string, most: number): number {
  const at = text.indexOf(word);
  if (at === -1) return 0;
  for (let from = at; from !== -1; from = text.indexOf(word, from + 1)) {
    if (from === 0 || !/[\p{L}\p{N}]/u.test(text[from - 1] ?? '')) return most;
  }
  return most / 2;
}

/** Characters shown before the first match, and in total. */
const BEFORE = 40;
const EXCERPT = 180;

/** Returns the part of a section's text where words occur; its beginning if there are none. */
export function excerptOf(
  { text, lowerText }: SearchedSection,
  words: readonly string[],
): readonly MatchedPart[] {
  const found = words.map(word => lowerText.indexOf(word)).filter(at => at !== -1);
  const first = found.length ? Math.min(...found) : 0;
  // If lower case has another length, offsets don't apply.
  const begin = text.length === lowerText.length ? Math.max(0, first - BEFORE) : 0;
  const from = wordStart(text, begin, first);
  const to = Math.min(text.length, from + EXCERPT);
  const shown = `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
  return matchedParts(shown, words);
}

/** Splits a text at occurrences of the words. */
export function matchedParts(text: string, words: readonly string[]): readonly MatchedPart[] {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return [{ text, isMatch: false }];
  const isHit = new Uint8Array(text.length);
  for (const word of words) {
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length)) {
      isHit.fill(1, at, at + word.length);
    }
  }
  const parts: MatchedPart[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && isHit[at] === isHit[from]) continue;
    parts.push({ text: text.slice(from, at), isMatch: isHit[from] === 1 });
    from = at;
  }
  return parts;
}
