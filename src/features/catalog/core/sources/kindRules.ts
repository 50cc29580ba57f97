/** Kinds that a source may provide. */
export interface KindRules {
  /** Whether all kinds are allowed. */
  readonly isOpen: boolean;
  /** @param kind - in any case */
  allows(kind: string): boolean;
}

/**
 * Creates rules.
 *
 * @param allow - kinds, `*` for all, and `!Kind` for exceptions
 */
export function kindRules(allow: readonly string[]): KindRules {
  const written = new Set(allow.map(kind => kind.toLowerCase()));
  const hasAll = written.has('*');
  return {
    isOpen: hasAll && ![...written].some(kind => kind.startsWith('!')),
    allows(kind) {
      const name = kind.toLowerCase();
      return !written.has(`!${name}`) && (hasAll || written.has(name));
    },
  };
}
