import { distance } from 'fastest-levenshtein';

/** Letters that are wrong, missing or too many; two that changed places are one slip. */
export function slipsBetween(a: string, b: string): number {
  const steps = distance(a, b);
  if (steps !== 2 || a.length !== b.length) return steps;
  let at = 0;
  while (a[at] === b[at]) at++;
  const isSwap = a[at] === b[at + 1] && a[at + 1] === b[at];
  return isSwap && a.slice(at + 2) === b.slice(at + 2) ? 1 : steps;
}
