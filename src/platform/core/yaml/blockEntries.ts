import {
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A map or a list that is written in lines. */
export type BlockCollection = YAMLMap.Parsed | YAMLSeq.Parsed;

/** What a collection holds: a key with its value, or an item of a list. */
export type Entry = Pair<ParsedNode, ParsedNode | null> | ParsedNode;

export function isBlockCollection(node: unknown): node is BlockCollection {
  return (isMap(node) || isSeq(node)) && !node.flow && Boolean(node.range);
}

/** One of the collections around a place, and which of its entries the place is in. */
export interface Level {
  readonly collection: BlockCollection;
  /** Blanks before its keys or dashes. */
  readonly column: number;
  readonly index: number;
  /** Of the entry, up to the first that is not its own; undefined where it begins in the middle of one. */
  readonly lines: Lines | undefined;
  /** Of the entry that follows; undefined where it is the last. */
  readonly next: Lines | undefined;
}

/** Offsets of the start of a line, and of the start of another. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** A text, and where the nodes that were read from it stand in it. */
export interface ReadText {
  readonly text: string;
  readonly spanOf: (node: unknown) => readonly [start: number, end: number] | undefined;
}

/**
 * The collections in lines whose entries hold all of a stretch of the text, from the outermost inwards: as far
 * as each entry is told from the next by its lines.
 */
export function levelsAround(
  { text, spanOf }: ReadText,
  root: unknown,
  stretch: { readonly start: number; readonly end: number },
): readonly Level[] {
  const levels: Level[] = [];
  let node = root;
  let end = text.length;
  while (isBlockCollection(node)) {
    const collection = node;
    const [start = 0] = spanOf(collection) ?? [];
    const column = start - lineStart(text, start);
    const entries: readonly Entry[] = collection.items;
    const startOf = (entry: Entry | undefined): number | undefined => {
      const [at] = spanOf(isMap(collection) ? keyOf(entry) : entry) ?? [];
      return at === undefined ? undefined : lineStart(text, at);
    };
    const linesOf = (index: number): Lines | undefined => {
      const from = startOf(entries[index]);
      const behind = index + 1 < entries.length ? startOf(entries[index + 1]) : end;
      if (from === undefined || behind === undefined) return undefined;
      const begins = beginsEntry(text.slice(from, from + column + 1), collection);
      return begins ? { start: from, end: behind } : undefined;
    };
    const index = entries.findLastIndex(entry => (startOf(entry) ?? Infinity) <= stretch.start);
    const isLast = index === entries.length - 1;
    const next = isLast ? undefined : linesOf(index + 1);
    const behind = isLast ? end : next?.start;
    if (index < 0 || behind === undefined || behind < stretch.end) break;
    levels.push({ collection, column, index, lines: linesOf(index), next });
    end = behind;
    node = valueOf(entries[index], collection);
  }
  return levels;
}

/** @param beginning - of a line, as many characters as stand before the entries of the collection and one more */
function beginsEntry(beginning: string, collection: BlockCollection): boolean {
  return isMap(collection) ? /^ *[^ #\r\n]$/.test(beginning) : /^ *-$/.test(beginning);
}

/** Undefined for what is no pair with a scalar for a key. */
function keyOf(entry: unknown): unknown {
  const { key } = (entry ?? {}) as Partial<Pair>;
  return isScalar(key) ? key : undefined;
}

export function valueOf(entry: Entry | undefined, collection: BlockCollection): unknown {
  return isMap(collection) ? (entry as Pair | undefined)?.value : entry;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
