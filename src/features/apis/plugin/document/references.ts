import { decodeEscapes } from '../../../../base';
import { child, type PlacedNode, textAt } from './placedNode';

/** What a reference within the document leads to. */
export interface Resolved {
  readonly node: PlacedNode;
  /** Of the last reference that was followed: `Pet` of `#/components/schemas/Pet`. */
  readonly name?: string;
}

const MOST_STEPS = 20;

/**
 * Follows `$ref` where the node is one; undefined where it leads nowhere in this document.
 *
 * A reference to a reference is followed as well, but not for ever.
 */
export function resolve(node: PlacedNode | undefined, root: PlacedNode): Resolved | undefined {
  let resolved: Resolved | undefined = node && { node };
  for (let step = 0; resolved && step < MOST_STEPS; step++) {
    const reference = textAt(resolved.node, '$ref');
    if (reference === undefined) return resolved;
    const target = pointedTo(reference, root);
    resolved = target && { node: target, name: nameOf(reference) };
  }
  return undefined;
}

/** @param reference - a JSON pointer as a fragment */
export function pointedTo(reference: string, root: PlacedNode): PlacedNode | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map(unescape)
    .reduce<PlacedNode | undefined>(
      (node, key) => (node?.type === 'list' ? node.items[Number(key)] : child(node, key)),
      root,
    );
}

export function nameOf(reference: string): string {
  return unescape(reference.slice(reference.lastIndexOf('/') + 1));
}

function unescape(segment: string): string {
  return decodeEscapes(segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
