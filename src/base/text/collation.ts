let collator: Intl.Collator | undefined;

/** Compares texts for display in the user's language: `a` beside `A`, and `item 2` before `item 10`. For `sort`. */
export function compareNaturally(a: string, b: string): number {
  // Created on first use: loading a language's rules takes milliseconds.
  collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return collator.compare(a, b);
}
