import { distance } from 'fastest-levenshtein';

const MAX_SUGGESTIONS = 3;
/** Longer names aren't compared: comparing takes the product of the lengths. */
const MAX_LENGTH = 317;
/** Of more names, only the first are compared, so that a file of mistakes stays quick. */
const MAX_NAMES = 2000;

/** The number of wrong, missing and extra letters. Two neighbors that changed places count once. */
export function editDistance(a: string, b: string): number {
  const edits = distance(a, b);
  if (edits !== 2 || a.length !== b.length) return edits;
  let at = 0;
  while (a[at] === b[at]) at++;
  const isSwap = a[at] === b[at + 1] && a[at + 1] === b[at];
  return isSwap && a.slice(at + 2) === b.slice(at + 2) ? 1 : edits;
}

/** The maximum edit distance of two names that may be the same: one of four letters, three at most. */
export function maxEdits(length: number, otherLength: number): number {
  if (Math.min(length, otherLength) < 3) return 0;
  return Math.min(3, Math.max(1, Math.floor(Math.max(length, otherLength) / 4)));
}

/** The edit distance in any letter case. Undefined for names that are too different for one to stand for the other. */
export function nameDistance(a: string, b: string): number | undefined {
  const limit = maxEdits(a.length, b.length);
  if (Math.abs(a.length - b.length) > limit || a.length > MAX_LENGTH) return undefined;
  const edits = editDistance(a.toLowerCase(), b.toLowerCase());
  return edits <= limit ? edits : undefined;
}

/** Items whose names may have been meant by what is written, the nearest first, three at most. */
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

/** Names that may have been meant by what is written, the nearest first, three at most. */
export function nearNames(written: string, names: Iterable<string>): readonly string[] {
  return nearest(written, firstNames(names), name => name);
}

/** The names that are compared, each once. */
export function firstNames(names: Iterable<string>): readonly string[] {
  const first = new Set<string>();
  for (const name of names) {
    if (first.add(name).size === MAX_NAMES) break;
  }
  return [...first];
}

/** The end of a message: `. Did you mean "shop" or "shops"?` */
export function didYouMean(suggestions: readonly string[]): string {
  const names = suggestions.map(name => `"${name}"`).join(' or ');
  return names && `. Did you mean ${names}?`;
}
