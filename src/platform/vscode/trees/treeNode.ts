import { isRecord } from '../../../base';

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
