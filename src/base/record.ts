/** Whether a value of unknown origin is an object with keys: no array, and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value of unknown origin is a row of a tree, as commands get them from menus: it has an id, and one
 * of the types that rows of that tree have.
 */
export function isTreeNode<T extends { readonly id: string; readonly type: string }>(
  value: unknown,
  types: readonly T['type'][],
): value is T {
  return isRecord(value) && 'id' in value && types.some(type => type === value['type']);
}

/** The value of a table that is the table's own: every object has a `constructor` from its prototype. */
export function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
