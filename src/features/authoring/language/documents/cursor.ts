import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
} from 'yaml';
import type { PlacedPart, YamlText } from './yamlText';

/** A field's place in a document: keys and indices from the root. */
export type FieldPath = readonly (string | number)[];

/** A scalar in a file, or an alias for one. */
export interface WrittenScalar {
  /** Offsets into the file, quotes included; for an alias, of the alias itself. */
  readonly start: number;
  readonly end: number;
  /** The parsed value if it is a string; else the source text. */
  readonly value: string;
  readonly style: 'plain' | 'single' | 'double' | 'block';
}

/** The syntax at an offset, for hovers, definitions and similar requests. */
export interface Cursor {
  readonly placed: PlacedPart;
  /** The path of the value or key at the offset. */
  readonly path: FieldPath;
  readonly at: 'key' | 'value';
  readonly scalar: WrittenScalar;
}

/** Returns undefined if there is no key or scalar at the offset. */
export function cursorAt(text: YamlText, offset: number): Cursor | undefined {
  const placed = text.partAt(offset);
  return cursorIn(placed, offset) ?? beforeMarker(text, placed, offset);
}

/** At the end of the line before a `---`, the cursor touches the document that ends there. */
function beforeMarker(text: YamlText, placed: PlacedPart, offset: number): Cursor | undefined {
  const previous = offset === placed.start ? text.parts[placed.index - 1] : undefined;
  return previous && cursorIn(previous, offset);
}

/** Returns the cursor within one document of the file. */
export function cursorIn(placed: PlacedPart, offset: number): Cursor | undefined {
  const { part } = placed;
  const local = offset - placed.start;
  const touches = (found: unknown): boolean => isTouched(part.spanOf(found), local);
  const path: (string | number)[] = [];
  let node: ParsedNode | null | undefined = part.root;
  while (node) {
    if (isMap(node)) {
      const pair: Pair<ParsedNode, ParsedNode | null> | undefined = node.items.findLast(
        ({ key, value }) => touches(key) || touches(value),
      );
      if (!pair) return undefined;
      const key: unknown = pair.key;
      path.push(isScalar(key) ? String(key.value) : '');
      if (isScalar(key) && touches(key)) {
        return { placed, path, at: 'key', scalar: writtenScalar(placed, key) };
      }
      node = pair.value;
    } else if (isSeq(node)) {
      const index: number = node.items.findLastIndex(item =>
        isPair(item) ? touches(item.key) || touches(item.value) : touches(item),
      );
      const item: unknown = node.items[index];
      if (index < 0) return undefined;
      path.push(index);
      // A pair in a sequence is a map of its own, as in `[a: b]`.
      node = isPair(item) ? (item.value as ParsedNode | null) : (item as ParsedNode | null);
    } else if (isScalar(node) && touches(node)) {
      return { placed, path, at: 'value', scalar: writtenScalar(placed, node) };
    } else if (isAlias(node) && touches(node)) {
      const scalar = aliasedScalar(placed, node);
      return scalar && { placed, path, at: 'value', scalar };
    } else return undefined;
  }
  return undefined;
}

/**
 * Whether a cursor is before, in or after a range. A block map ends where the next key starts: of two touched values,
 * the last one counts.
 */
function isTouched(span: readonly [number, number] | undefined, offset: number): boolean {
  return span !== undefined && span[0] <= offset && offset <= span[1];
}

/**
 * @param scalar - of the part, with its range
 */
export function writtenScalar({ start, part }: PlacedPart, scalar: Scalar): WrittenScalar {
  const [from, to] = part.spanOf(scalar) ?? [0, 0];
  const { value, type } = scalar;
  return {
    start: start + from,
    end: start + to,
    value: typeof value === 'string' ? value : part.source.slice(from, to),
    style: STYLES[type ?? ''] ?? 'plain',
  };
}

/** Returns undefined for an alias whose target isn't a scalar. */
function aliasedScalar(placed: PlacedPart, alias: Alias): WrittenScalar | undefined {
  const aliased = placed.part.aliased(alias);
  const span = placed.part.spanOf(alias);
  if (!isScalar(aliased) || !span) return undefined;
  const { value } = writtenScalar(placed, aliased);
  return { start: placed.start + span[0], end: placed.start + span[1], value, style: 'plain' };
}

const STYLES: Readonly<Record<string, WrittenScalar['style'] | undefined>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

/** A scalar of a document with its path. */
export interface PlacedScalar {
  readonly path: FieldPath;
  readonly scalar: WrittenScalar;
}

/** Returns all scalars and aliases for scalars at or below a path, in their order. */
export function scalarsAt(placed: PlacedPart, path: FieldPath): readonly PlacedScalar[] {
  const found: PlacedScalar[] = [];
  const collect = (node: unknown, at: FieldPath): void => {
    if (isScalar(node)) {
      if (node.range) found.push({ path: at, scalar: writtenScalar(placed, node) });
    } else if (isAlias(node)) {
      const scalar = aliasedScalar(placed, node);
      if (scalar) found.push({ path: at, scalar });
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => collect(item, [...at, index]));
    } else if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) collect(value, [...at, String(key.value)]);
      }
    }
  };
  collect(nodeAt(placed, path), path);
  return found;
}

/** Returns the node at a path; undefined if there is none. */
export function nodeAt(
  { part }: Pick<PlacedPart, 'part'>,
  path: FieldPath,
): ParsedNode | undefined {
  let node: unknown = part.root;
  for (const segment of path) node = childOf(node, segment);
  return (node ?? undefined) as ParsedNode | undefined;
}

/** Returns the pair (key and value) at a path. */
export function pairAt(placed: PlacedPart, path: FieldPath): Pair | undefined {
  const parent = nodeAt(placed, path.slice(0, -1));
  const last = path.at(-1);
  if (!isMap(parent)) return undefined;
  return (parent.items as readonly Pair[]).find(
    ({ key }) => isScalar(key) && String(key.value) === String(last),
  );
}

function childOf(node: unknown, segment: string | number): unknown {
  if (isSeq(node)) return typeof segment === 'number' ? node.items[segment] : undefined;
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment))
    ?.value;
}
