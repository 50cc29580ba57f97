import Fuse from 'fuse.js/basic';

/** fuse.js looks for 32 letters at a time. */
const MAX_PATTERN = 64;
/** How unlike a name may be that is still told apart from others, of 1. */
const THRESHOLD = 0.6;

/**
 * By place of the candidate: how like what was typed one of its names is as a whole, from 0 to 1.
 *
 * @param candidates - the names of each
 */
export function likenessOf(
  typed: string,
  candidates: readonly (readonly string[])[],
): Float64Array {
  const likeness = new Float64Array(candidates.length);
  const fuse = new Fuse(candidates, {
    keys: [{ name: 'names', getFn: names => names }],
    includeScore: true,
    ignoreDiacritics: true,
    threshold: THRESHOLD,
    shouldSort: false,
    distance: 200,
  });
  for (const { refIndex, score = 1 } of fuse.search(typed.slice(0, MAX_PATTERN))) {
    likeness[refIndex] = 1 - score;
  }
  return likeness;
}

/** How many letters of a term, from its beginning, are those of a word that is misspelt. */
export function likeLetters(word: string, term: string): number {
  const { indices = [] } = Fuse.match(word, term, {
    includeMatches: true,
    threshold: THRESHOLD,
    ignoreLocation: true,
  });
  const last = Math.max(-1, ...indices.map(([, to]) => to));
  return last === -1 ? term.length : Math.min(last + 1, term.length);
}
