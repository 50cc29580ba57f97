import type { Range } from '../../../../../base';
import type { PlacedNode } from '../../../../../platform/core/yaml';
import type { FieldPath } from './yamlDocument';

/** Converts offsets to a range of the file. */
export type RangeAt = (start: number, end: number) => Range;

/**
 * Returns the range of a field's key or value; of a missing field, the nearest enclosing key;
 * undefined if there is none.
 */
export function locateField(
  root: PlacedNode | undefined,
  { path, at, rangeAt }: { path: FieldPath; at: 'key' | 'value'; rangeAt: RangeAt },
): Range | undefined {
  let node = root;
  let key: PlacedNode | undefined;
  for (const [depth, segment] of path.entries()) {
    const item = node?.child(segment);
    if (!item) return visible(key, rangeAt);
    if (depth === path.length - 1 && at === 'value') {
      return visible(item.value, rangeAt) ?? visible(item.key ?? key, rangeAt);
    }
    key = item.key ?? item.value ?? key;
    node = item.value;
  }
  return visible(key, rangeAt);
}

export function nodeAt(root: PlacedNode | undefined, path: FieldPath): PlacedNode | undefined {
  let node = root;
  for (const segment of path) node = node?.child(segment)?.value;
  return node;
}

/** Returns undefined for an empty range, which can't be shown. */
function visible(node: PlacedNode | undefined, rangeAt: RangeAt): Range | undefined {
  return node && node.end > node.start ? rangeAt(node.start, node.end) : undefined;
}
