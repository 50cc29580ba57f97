import { wordStart } from '../../src/base';

/** Entry of `search/search_index.json`: a page or a section. Titles are HTML. */
export interface IndexEntry {
  readonly location: string;
  readonly title: string;
  readonly text: string;
}

export interface SearchHit {
  readonly entry: IndexEntry;
  readonly score: number;
}

/** Returns the words of a query, in lower case. */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean);
}

/**
 * Returns entries that contain all words or their beginnings, best first. Titles count more than
 * texts, whole words more than beginnings. A page is omitted if one of its sections matches as
 * well.
 */
export function search(
  entries: readonly IndexEntry[],
  query: string,
  most: number,
): readonly SearchHit[] {
  const words = wordsOf(query);
  if (!words.length) return [];
  const hits: SearchHit[] = [];
  const ofSections = new Map<string, number>();
  for (const entry of entries) {
    const title = entry.title.toLowerCase();
    const text = entry.text.toLowerCase();
    let score = 0;
    for (const word of words) {
      const own = 10 * weight(title, word) || weight(text, word);
      if (own === 0) {
        score = 0;
        break;
      }
      score += own;
    }
    if (score === 0) continue;
    hits.push({ entry, score });
    const [page = '', section] = entry.location.split('#', 2);
    if (section !== undefined) ofSections.set(page, Math.max(score, ofSections.get(page) ?? 0));
  }
  // A page's entry contains the text of all its sections.
  const isMore = ({ entry, score }: SearchHit): boolean =>
    entry.location.includes('#') || score > (ofSections.get(entry.location) ?? 0);
  return hits
    .filter(isMore)
    .sort((a, b) => b.score - a.score)
    .slice(0, most);
}

function weight(text: string, word: string): number {
  let best = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (at > 0 && isLetter(text.charAt(at - 1))) continue;
    if (!isLetter(text.charAt(at + word.length))) return 3;
    best = 1;
  }
  return best;
}

function isLetter(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

/** Returns the text around the first match. Every second piece is a match. */
export function excerpt(text: string, query: string, length: number): readonly string[] {
  const lower = text.toLowerCase();
  const words = wordsOf(query);
  const first = Math.min(
    ...words.map(word => lower.indexOf(word)).filter(at => at >= 0),
    text.length,
  );
  const from = first >= text.length ? 0 : Math.max(0, first - Math.floor(length / 4));
  const start = wordStart(text, from, first);
  const part = text.slice(start, start + length);
  const whole = `${start > 0 ? '…' : ''}${part}${start + length < text.length ? '…' : ''}`;
  const marks = words.map(word => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return marks.length ? whole.split(new RegExp(`(${marks.join('|')})`, 'i')) : [whole];
}
