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
 */
export function isTooComplex(target: string): boolean {
  if (!isPattern(target)) return false;
  if (target.length > MAX_PATTERN_LENGTH) return true;
  const segments = target.split(/[\\/]/);
  const free = [
    segments.filter(segment => segment.includes('**')).length,
    ...segments.map(segment => segment.match(/\*+|[+](?=\()/g)?.length ?? 0),
  ].reduce((sum, wildcards) => sum + Math.max(0, wildcards - 1), 0);
  const alternatives = (target.match(/[{(][^{(]*/g) ?? []).reduce(
    (product, group) => product * (group.match(/[,|{(]/g)?.length ?? 1),
    1,
  );
  return free > MAX_FREE_WILDCARDS || alternatives > MAX_ALTERNATIVES;
}
