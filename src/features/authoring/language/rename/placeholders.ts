import { isMap, isScalar } from 'yaml';
import { nodeAt } from '../documents/cursor';
import type { PlacedPart } from '../documents/yamlText';

const PLACEHOLDER = /^\$(?:text|json|yaml|openapi|asyncapi)$/;

/**
 * The placeholder that a field comes from, as it is written: `$text: ./owner.txt`. Undefined where the
 * field is written in the document itself.
 *
 * @param field - as people write it: `spec.dependsOn[1]`
 */
export function placeholderOn(placed: PlacedPart, field: string): string | undefined {
  const path = field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map(key => (/^\d+$/.test(key) ? Number(key) : key));
  for (let length = 1; length <= path.length; length++) {
    const node = nodeAt(placed, path.slice(0, length));
    if (!isMap(node) || node.items.length !== 1) continue;
    const { key, value } = node.items[0] ?? {};
    if (isScalar(key) && typeof key.value === 'string' && PLACEHOLDER.test(key.value)) {
      return `${key.value}: ${isScalar(value) ? String(value.value) : '…'}`;
    }
  }
  return undefined;
}
