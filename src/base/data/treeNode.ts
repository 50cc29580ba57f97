import { isRecord } from './record';

/**
 * Whether an untrusted value, as menus pass it to commands, is a row of a tree: it has an id and one of the tree's
 * types.
 */
export function isTreeNode<T extends { readonly id: string; readonly type: string }>(
  value: unknown,
  types: readonly T['type'][],
): value is T {
  return isRecord(value) && 'id' in value && types.some(type => type === value['type']);
}
