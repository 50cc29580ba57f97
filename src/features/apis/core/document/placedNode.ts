import { decodeEscapes, isRecord } from '../../../../base';
import type { PlacedNode as ScannedNode } from '../../../../platform/core/yaml';

/** Offsets in the text that a node was read from. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A value of YAML or JSON with its place. Through aliases, a node can be in several others, or in itself. */
export type PlacedNode = PlacedMap | PlacedList | PlacedScalar;

export interface PlacedEntry {
  /** The place of the key. */
  readonly place: Place;
  readonly value: PlacedNode;
}

export interface PlacedMap {
  readonly type: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, PlacedEntry>;
}

export interface PlacedList {
  readonly type: 'list';
  readonly place: Place;
  readonly items: readonly PlacedNode[];
}

export interface PlacedScalar {
  readonly type: 'scalar';
  readonly place: Place;
  readonly value: unknown;
}

/** Converts a value of the fast parser. */
export function placedNode(value: unknown, scanned: ScannedNode): PlacedNode {
  const place = { start: scanned.start, end: scanned.end };
  const partAt = (key: string | number, part: unknown): PlacedEntry => {
    const item = scanned.child(key);
    return {
      place: item?.key ? { start: item.key.start, end: item.key.end } : place,
      value: item?.value ? placedNode(part, item.value) : { type: 'scalar', place, value: part },
    };
  };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => partAt(index, item).value);
    return { type: 'list', place, items };
  }
  if (!isRecord(value)) return { type: 'scalar', place, value };
  const entries = Object.entries(value).map(([key, part]) => [key, partAt(key, part)] as const);
  return { type: 'map', place, entries: new Map(entries) };
}

export function entriesOf(
  node: PlacedNode | undefined,
): readonly (readonly [string, PlacedEntry])[] {
  return node?.type === 'map' ? [...node.entries] : [];
}

export function itemsOf(node: PlacedNode | undefined): readonly PlacedNode[] {
  return node?.type === 'list' ? node.items : [];
}

export function child(
  node: PlacedNode | undefined,
  ...keys: readonly string[]
): PlacedNode | undefined {
  return keys.reduce(
    (at: PlacedNode | undefined, key) =>
      at?.type === 'map' ? at.entries.get(key)?.value : undefined,
    node,
  );
}

/** Returns the text of a scalar; undefined for other nodes and empty scalars. */
export function textOf(node: PlacedNode | undefined): string | undefined {
  if (node?.type !== 'scalar' || node.value === undefined || node.value === null) return undefined;
  // Scalars are texts, numbers, booleans and the like.
  return `${node.value as string}`;
}

export function textAt(node: PlacedNode | undefined, key: string): string | undefined {
  return textOf(child(node, key));
}

export function textsOf(node: PlacedNode | undefined): readonly string[] {
  return itemsOf(node).flatMap(item => textOf(item) ?? []);
}

/** Returns the value as JSON, for a limited number of nodes: examples can be large, and infinite through aliases. */
export function valueOf(node: PlacedNode, budget: { left: number }): unknown {
  if (budget.left-- <= 0) return '…';
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') {
    const items: unknown[] = [];
    for (const item of node.items) {
      if (budget.left <= 0) break;
      items.push(valueOf(item, budget));
    }
    return items;
  }
  const entries: [string, unknown][] = [];
  for (const [key, { value }] of node.entries) {
    if (budget.left <= 0) break;
    entries.push([key, valueOf(value, budget)]);
  }
  return Object.fromEntries(entries);
}

/** The target of a reference within the document. */
interface Resolved {
  readonly node: PlacedNode;
  /** The last segment of the last followed reference: `Pet` of `#/components/schemas/Pet`. */
  readonly name?: string;
}

const MOST_STEPS = 20;

/**
 * Follows `$ref`, through at most `MOST_STEPS` references. Returns undefined if there is no target in this document.
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

/**
 * @param reference - a JSON pointer as a fragment
 */
function pointedTo(reference: string, root: PlacedNode): PlacedNode | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map(unescapePointer)
    .reduce<PlacedNode | undefined>(
      (node, key) => (node?.type === 'list' ? node.items[Number(key)] : child(node, key)),
      root,
    );
}

export function nameOf(reference: string): string {
  return unescapePointer(reference.slice(reference.lastIndexOf('/') + 1));
}

/** Decodes a segment of a JSON pointer in a fragment. */
export function unescapePointer(segment: string): string {
  return decodeEscapes(segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
