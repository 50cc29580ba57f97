const DEFAULT_ORDER = 100;

/** Parts in the order that they ask for; those that ask for the same, as they came. */
export function byOrder<T extends { readonly order?: number }>(parts: readonly T[]): readonly T[] {
  return [...parts].sort((a, b) => (a.order ?? DEFAULT_ORDER) - (b.order ?? DEFAULT_ORDER));
}
