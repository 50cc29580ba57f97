import type { LinkTarget, MarkedText, SearchResult } from '../../../api';

/** Maximum number of words to highlight in an opened page. */
const MAX_WORDS = 20;

/** Returns the target of a result. A page of docs highlights the words that matched, as they are written there. */
export function targetWithWords({
  target,
  title,
  snippet,
}: Pick<SearchResult, 'target' | 'title' | 'snippet'>): LinkTarget {
  if (target.type !== 'page' || target.page.page !== 'docs') return target;
  const words = [...new Set([title, snippet].flatMap(markedWords))].slice(0, MAX_WORDS);
  return words.length ? { ...target, page: { ...target.page, words } } : target;
}

function markedWords(marked: MarkedText | undefined): readonly string[] {
  if (!marked) return [];
  return marked.marks
    .map(([from, to]) => marked.text.slice(from, to).trim().toLowerCase())
    .filter(Boolean);
}
