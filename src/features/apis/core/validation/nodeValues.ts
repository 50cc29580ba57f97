import { entriesOf, itemsOf, type PlacedNode } from '../document/placedNode';

/** Whether a node is of a JSON Schema `type`. */
export function isOfType(node: PlacedNode, type: string): boolean {
  if (type === 'object') return node.type === 'map';
  if (type === 'array') return node.type === 'list';
  if (node.type !== 'scalar') return false;
  const { value } = node;
  if (type === 'null') return value === null || value === undefined;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** Whether a node equals a JSON value. */
export function isEqual(node: PlacedNode, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return node.type === 'scalar' && (node.value ?? null) === value;
  }
  if (Array.isArray(value)) {
    const items = itemsOf(node);
    return (
      node.type === 'list' &&
      items.length === value.length &&
      items.every((item, index) => isEqual(item, value[index]))
    );
  }
  const entries = Object.entries(value);
  return (
    node.type === 'map' &&
    entriesOf(node).length === entries.length &&
    entries.every(([key, part]) => {
      const entry = node.entries.get(key);
      return entry !== undefined && isEqual(entry.value, part);
    })
  );
}
