/** How well a text fits what is typed, the best first. */
const TIER = { start: 0, word: 1, inside: 2, letters: 3 } as const;

/**
 * How well a text fits what is typed, both lower-cased: 0 where it begins with it, up to 3 where it has
 * its letters in the same order; undefined where it does not fit. Nothing typed fits all.
 */
export function tierOf(typed: string, text: string): number | undefined {
  if (typed === '') return TIER.start;
  const at = text.indexOf(typed);
  if (at === 0) return TIER.start;
  if (at > 0 && startsWord(typed, text, at)) return TIER.word;
  // One letter is in the middle of nearly everything.
  if (at > 0 && typed.length > 1) return TIER.inside;
  return hasLetters(typed, text) ? TIER.letters : undefined;
}

function startsWord(typed: string, text: string, first: number): boolean {
  for (let at = first; at > 0; at = text.indexOf(typed, at + 1)) {
    if ('-_./: '.includes(text.charAt(at - 1))) return true;
  }
  return false;
}

/** The first letter must begin a word: elsewhere, nearly everything would fit two letters. */
function hasLetters(typed: string, text: string): boolean {
  const first = typed.charAt(0);
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (at === 0 || '-_./: '.includes(text.charAt(at - 1))) {
      let next = at;
      for (let index = 1; index < typed.length && next >= 0; index++) {
        next = text.indexOf(typed.charAt(index), next + 1);
      }
      return next >= 0;
    }
  }
  return false;
}

/** As many as are shown at a time; nobody looks further, and types on. */
export const MAX_ITEMS = 200;

/** Puts items in the order of a list: editors sort by this text. */
export function sortTextOf(index: number): string {
  return String(index).padStart(4, '0');
}
