import { distance } from 'fastest-levenshtein';

const MAX_SUGGESTIONS = 3;
/** The maximum length of compared names: time grows with the product of the lengths. */
const MAX_LENGTH = 317;
/** The maximum number of compared names, so that a file full of mistakes stays fast. */
const MAX_NAMES = 2000;

/** Returns the number of wrong, missing and extra letters. Two swapped neighbors count once. */
export function editDistance(a: string, b: string): number {
  const edits = distance(a, b);
  if (edits !== 2 || a.length !== b.length) return edits;
  let at = 0;
  while (a[at] === b[at]) at++;
  const isSwap = a[at] === b[at + 1] && a[at + 1] === b[at];
  return isSwap && a.slice(at + 2) === b.slice(at + 2) ? 1 : edits;
}

/** Returns the maximum edit distance of two similar names: a quarter of the length, 3 at most. */
export function maxEdits(length: number, otherLength: number): number {
  if (Math.min(length, otherLength) < 3) return 0;
  return Math.min(3, Math.max(1, Math.floor(Math.max(length, otherLength) / 4)));
}

/** Returns the edit distance, ignoring case; undefined for names that are too different to be confused. */
export function nameDistance(a: string, b: string): number | undefined {
  const limit = maxEdits(a.length, b.length);
  if (Math.abs(a.length - b.length) > limit || a.length > MAX_LENGTH) return undefined;
  const edits = editDistance(a.toLowerCase(), b.toLowerCase());
  return edits <= limit ? edits : undefined;
}

/** Returns the items whose names are similar to a text, the nearest first, three at most. */
export function nearest<T>(
  written: string,
  items: readonly T[],
  nameOf: (item: T) => string,
): readonly T[] {
  return items
    .flatMap(item => {
      const edits = nameDistance(written, nameOf(item));
      return edits === undefined ? [] : [{ item, edits }];
    })
    .sort((a, b) => a.edits - b.edits)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ item }) => item);
}

/** Returns the names that are similar to a text, the nearest first, three at most. */
export function nearNames(written: string, names: Iterable<string>): readonly string[] {
  return nearest(written, firstNames(names), name => name);
}

/** Returns the names to compare, each once. */
export function firstNames(names: Iterable<string>): readonly string[] {
  const first = new Set<string>();
  for (const name of names) {
    if (first.add(name).size === MAX_NAMES) break;
  }
  return [...first];
}

/** Returns the end of a message, such as `. Did you mean "shop" or "shops"?` */
export function didYouMean(suggestions: readonly string[]): string {
  const names = suggestions.map(name => `"${name}"`).join(' or ');
  return names && `. Did you mean ${names}?`;
}
