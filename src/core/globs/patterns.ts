/** Whether a target of a Location has wildcards, or alternatives. */
export function isPattern(target: string): boolean {
  return /[*?{}[\]]|[!+@]\(/.test(target);
}

const MAX_PATTERN_LENGTH = 4096;
const MAX_ALTERNATIVES = 1000;
/** How many wildcards may be free at once to share out a text among each other. */
const MAX_FREE_WILDCARDS = 2;

/**
 * Whether a pattern could take for ever to match: the ways to share out a text among `*` and
 * alternatives multiply. No real target comes near.
 *
 * @param target - with `/` between its segments: a `\\` has what follows stand for itself
 */
export function isTooComplex(target: string): boolean {
  if (!isPattern(target)) return false;
  if (target.length > MAX_PATTERN_LENGTH) return true;
  const segments = target.split('/');
  const free = [
    segments.filter(segment => /\*\*|!\(/.test(segment)).length,
    ...segments.map(segment => segment.match(/\*+|[+!](?=\()/g)?.length ?? 0),
  ].reduce((sum, wildcards) => sum + Math.max(0, wildcards - 1), 0);
  const alternatives = (target.match(/[{(][^{(]*/g) ?? []).reduce(
    (product, group) => product * (group.match(/[,|{(]/g)?.length ?? 1),
    2 ** (target.match(/\?\(|\)\?/g)?.length ?? 0),
  );
  return free > MAX_FREE_WILDCARDS || alternatives > MAX_ALTERNATIVES || repeatsWhatIsOpen(target);
}

/**
 * Whether something is repeated that may be read in several ways: their number doubles with each time. Plain words of
 * which none begins another, and a single class of characters, are read in one.
 */
function repeatsWhatIsOpen(target: string): boolean {
  for (const [, content = ''] of target.matchAll(/[*+]\(([^()]*\)?)/g)) {
    if (/^\[(?:[^\][*+?(){}|\\]|\[:\w+:\])+\]\)$/.test(content)) continue;
    if (!/^[\w.|-]+\)$/.test(content)) return true;
    const words = content.slice(0, -1).toLowerCase().split('|');
    const isOpen = words.some((word, at) =>
      words.some((other, otherAt) => at !== otherAt && other.startsWith(word)),
    );
    if (isOpen) return true;
  }
  return false;
}
