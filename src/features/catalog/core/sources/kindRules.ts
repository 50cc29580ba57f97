/** Which kinds a source may bring. */
export interface KindRules {
  /** Whether nothing is ever left out. */
  readonly isOpen: boolean;
  /** @param kind - however it is written */
  allows(kind: string): boolean;
}

/** @param allow - kinds, `*` for all, and `!Kind` for one that is not even among all */
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
