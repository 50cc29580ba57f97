import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  Pair,
  type ParsedNode,
} from 'yaml';
import { bindAliases } from './aliases';
import {
  type BlockCollection,
  type Entry,
  isBlockCollection,
  type Level,
  type Lines,
  levelsAround,
  valueOf,
} from './blockEntries';
import { type ComposedDocument, composeDocuments } from './composeDocuments';
import { TextPieces } from './textPieces';

/** A shorter text is composed in less time than it takes to find out what has changed. */
const SHORTEST = 4000;

/**
 * A text that is one YAML document. An edit of it composes the lines that have changed, and as few others as
 * they can be read without; what is left as it was keeps its nodes. Comments may then be found at other nodes
 * than in a document that is composed as a whole.
 */
export class DocumentText {
  readonly text: string;
  /** Where its nodes and errors stand is not to be read off them. */
  readonly document: Document.Parsed<ParsedNode>;
  readonly #maxNesting: number;
  readonly #pieces: TextPieces;

  private constructor(
    text: string,
    document: Document.Parsed<ParsedNode>,
    { maxNesting, pieces }: { readonly maxNesting: number; readonly pieces: TextPieces },
  ) {
    this.text = text;
    this.document = document;
    this.#maxNesting = maxNesting;
    this.#pieces = pieces;
  }

  /** Undefined for a text that is not one whole document, and for one that is too short to be worth it. */
  static of(
    text: string,
    [composed, ...others]: readonly ComposedDocument[],
    maxNesting: number,
  ): DocumentText | undefined {
    if (!composed?.document || others.length || text.length < SHORTEST) return undefined;
    return new DocumentText(text, composed.document, {
      maxNesting,
      pieces: TextPieces.whole(text.length),
    });
  }

  /** Where a node stands: its offsets cannot be read off it. */
  spanOf(node: unknown): readonly [start: number, end: number] | undefined {
    if (!isNode(node) || !node.range) return undefined;
    return [this.#pieces.offsetOf(node.range[0]), this.#pieces.offsetOf(node.range[1])];
  }

  /** The document of another text; undefined where it has to be composed as a whole. */
  edited(text: string): DocumentText | undefined {
    if (this.#pieces.isFull) return undefined;
    const change = changeBetween(this.text, text);
    const levels = levelsAround(
      { text: this.text, spanOf: node => this.spanOf(node) },
      this.document.contents,
      change,
    );
    let effort = 0;
    for (let depth = levels.length; depth > 0; depth--) {
      const around = levels.slice(0, depth);
      const lines = around.at(-1)?.lines;
      if (!lines) continue;
      const length = lines.end - lines.start + text.length - this.text.length;
      if (length <= 0) continue;
      // What is read twice and put together costs more than the whole, and so do many attempts.
      effort += length;
      if (effort > text.length / 3) return undefined;
      const edited = this.#withLines(text, around, { ...lines, length });
      if (edited) return edited;
    }
    return undefined;
  }

  #withLines(
    text: string,
    levels: readonly Level[],
    { start, end, length }: Lines & { readonly length: number },
  ): DocumentText | undefined {
    const after = this.#readAlone(text.slice(start, start + length), levels);
    const before = after && this.#readAlone(this.text.slice(start, end), levels);
    const { collection, index = 0 } = levels.at(-1) ?? {};
    // Only what was read as it is read alone can be exchanged alone.
    if (!before || before.entries.length > 1) return undefined;
    if (before.document.errors.length !== this.document.errors.length) return undefined;
    if (!this.#isSame(before.entries[0], collection?.items[index], start - before.start)) {
      return undefined;
    }
    const moved = this.#pieces.next - after.start;
    for (const entry of after.entries) move(entry, moved);
    const contents = exchange(levels, after, moved);
    if (!contents) return undefined;
    const document = copyOf(this.document);
    document.contents = contents;
    document.errors = after.document.errors;
    if (bindAliases(document)) return undefined;
    return new DocumentText(text, document, {
      maxNesting: this.#maxNesting,
      pieces: this.#pieces.replace(start, end, length),
    });
  }

  /**
   * Reads lines as entries of the innermost level, with others that stand for what is around them. Where these
   * come out as they were put in, it is the same to everything else in the document what the lines are.
   *
   * @returns undefined where they do not
   */
  #readAlone(lines: string, levels: readonly Level[]): ReadAlone | undefined {
    const innermost = levels.at(-1);
    if (!innermost) return undefined;
    const before = frameOf(levels, innermost);
    const following = levels.findLastIndex(({ next }) => next !== undefined);
    const behind = before.length + lines.length;
    const after = levels[following] && this.#behind(levels[following]);
    if (after && !lines.endsWith('\n')) return undefined;
    const text = `${before}${lines}${after?.text ?? ''}`;
    const [composed, ...others] = composeDocuments(text, this.#maxNesting);
    const document = composed?.document;
    if (!document || others.length || composed.base) return undefined;
    // What goes on behind a mistake is only sure where it is seen.
    if (document.errors.length && after?.isStandIn) return undefined;
    if (document.errors.some(({ pos: [at] }) => at < before.length || at >= behind))
      return undefined;
    const collections: BlockCollection[] = [];
    let node: unknown = document.contents;
    let entries: readonly Entry[] = [];
    for (const [depth, { collection, column, index }] of levels.entries()) {
      if (!isBlockCollection(node) || isMap(node) !== isMap(collection)) return undefined;
      collections.push(node);
      entries = node.items;
      // Behind some mistakes, a collection is said to end before its last entry does: where depends on the rest.
      if (endOf(node) < endOf(entries.at(-1))) return undefined;
      if (depth === following) {
        if (!after?.isIntact(entries.at(-1), behind)) return undefined;
        entries = entries.slice(0, -1);
      }
      if (depth < levels.length - 1) {
        if (entries.length !== 1) return undefined;
        node = valueOf(entries[0], node);
      } else if (index > 0) {
        const ownLine = before.lastIndexOf('\n', before.length - 2) + 1;
        if (!isEmptyAt(entries[0], ownLine + column, BEFORE)) return undefined;
        entries = entries.slice(1);
      }
    }
    const [first] = entries;
    if (!first || !beginsWith(first, lines, before.length, innermost)) return undefined;
    // What is not closed may reach into the blanks of the next line.
    const inner = collections.slice(following + 1);
    if ([...inner, entries.at(-1)].some(found => endOf(found) > behind)) return undefined;
    return { document, start: before.length, entries, collections };
  }

  /** The entry that follows, or one that stands for it. */
  #behind(level: Level): Behind {
    const { collection, column, index, next } = level;
    if (next && next.end - next.start <= LONGEST_BEHIND) {
      return {
        text: this.text.slice(next.start, next.end),
        isStandIn: false,
        isIntact: (entry, at) =>
          this.#isSame(entry, (collection.items as readonly Entry[])[index + 1], next.start - at),
      };
    }
    return {
      text: `${entryAt(level, BEHIND)} ~\n`,
      isStandIn: true,
      isIntact: (entry, at) => isEmptyAt(entry, at + column, BEHIND),
    };
  }

  /** Whether what was read elsewhere, so far before, is the same as a part of the document. */
  #isSame(alone: unknown, written: unknown, distance: number): boolean {
    return isSameEntry(alone, written, (one, other) => {
      if (!isNode(one) || !isNode(other)) return one === other;
      const [from, to] = one.range ?? [0, 0];
      const span = this.spanOf(other);
      return span?.[0] === from + distance && span[1] === to + distance;
    });
  }
}

/** Longer entries are not read only because they follow what has changed. */
const LONGEST_BEHIND = 4000;

interface Behind {
  readonly text: string;
  readonly isStandIn: boolean;
  /** Whether the entry has been read as it is, having begun at an offset. */
  readonly isIntact: (entry: Entry | undefined, at: number) => boolean;
}

/**
 * The stretch of the first text that is another in the second. Of several that it may be it is the first: what is
 * written below an entry mostly belongs to it.
 */
function changeBetween(before: string, after: string): { start: number; end: number } {
  const most = Math.min(before.length, after.length);
  const behind = sameLength(most, (from, to) => [
    before.slice(before.length - to, before.length - from),
    after.slice(after.length - to, after.length - from),
  ]);
  const start = sameLength(most - behind, (from, to) => [
    before.slice(from, to),
    after.slice(from, to),
  ]);
  return { start, end: before.length - behind };
}

/** Whole stretches are compared many times as fast as their characters. */
const STRETCH = 1024;

/** How many characters are the same, by pairs of stretches; so many at most. */
function sameLength(
  most: number,
  stretches: (from: number, to: number) => readonly [string, string],
): number {
  let same = 0;
  for (let step = STRETCH; step > 0; step >>= 1) {
    while (same + step <= most) {
      const [one, other] = stretches(same, same + step);
      if (one !== other) break;
      same += step;
    }
  }
  return same;
}

/** Lines that were read without the rest of their document. */
interface ReadAlone {
  readonly document: Document.Parsed<ParsedNode>;
  /** Offset of the lines in what was read. */
  readonly start: number;
  /** What the lines are in the innermost of the collections around them; at least one. */
  readonly entries: readonly Entry[];
  /** The collections around, as far as they end with the lines. */
  readonly collections: readonly BlockCollection[];
}

/** The collections around, each with nothing in it but the next, and an entry before where there is one. */
function frameOf(levels: readonly Level[], innermost: Level): string {
  const outer = levels.slice(0, -1).map(level => `${entryAt(level, BEFORE)}\n`);
  return `${outer.join('')}${innermost.index > 0 ? `${entryAt(innermost, BEFORE)} ~\n` : ''}`;
}

const BEFORE = '"~before~"';
const BEHIND = '"~behind~"';

function entryAt({ collection, column }: Level, name: string): string {
  return `${' '.repeat(column)}${isMap(collection) ? `${name}:` : '-'}`;
}

/** Whether an entry is what `entryAt` makes, with nothing in it. */
function isEmptyAt(entry: Entry | undefined, at: number, name: string): boolean {
  const isKey = isPair(entry);
  if (isKey && (!isScalar(entry.key) || entry.key.range[0] !== at)) return false;
  const value = isKey ? entry.value : entry;
  const from = at + (isKey ? `${name}: ` : '- ').length;
  return isScalar(value) && value.range[0] === from && value.range[1] === from + 1;
}

/** Whether the first line is where the entry begins. */
function beginsWith(entry: Entry, lines: string, start: number, { column }: Level): boolean {
  if (!isPair(entry)) return lines.startsWith(`${' '.repeat(column)}-`);
  return isScalar(entry.key) && entry.key.range[0] === start + column;
}

function endOf(entry: unknown): number {
  if (isPair(entry)) return Math.max(endOf(entry.key), endOf(entry.value));
  return isNode(entry) ? (entry.range?.[1] ?? 0) : 0;
}

/** Whether two nodes or pairs and all that is in them are the same, by where they stand as well. */
function isSameEntry(
  a: unknown,
  b: unknown,
  isSamePlace: (a: unknown, b: unknown) => boolean,
): boolean {
  if (isPair(a) && isPair(b)) {
    return isSameEntry(a.key, b.key, isSamePlace) && isSameEntry(a.value, b.value, isSamePlace);
  }
  if (!isSamePlace(a, b)) return false;
  if (isAlias(a) && isAlias(b)) return a.source === b.source;
  if (isScalar(a) && isScalar(b)) {
    return Object.is(a.value, b.value) && a.type === b.type && hasSameMarks(a, b);
  }
  if ((isMap(a) && isMap(b)) || (isSeq(a) && isSeq(b))) {
    const others: readonly unknown[] = b.items;
    return (
      hasSameMarks(a, b) &&
      a.items.length === others.length &&
      a.items.every((item, index) => isSameEntry(item, others[index], isSamePlace))
    );
  }
  return a === b;
}

function hasSameMarks(
  a: { readonly anchor?: string; readonly tag?: string },
  b: { readonly anchor?: string; readonly tag?: string },
): boolean {
  return a.anchor === b.anchor && a.tag === b.tag;
}

/** Has all nodes of an entry count from elsewhere. */
function move(entry: unknown, by: number): void {
  if (isPair(entry)) {
    move(entry.key, by);
    move(entry.value, by);
    return;
  }
  if (!isNode(entry)) return;
  moveRange(entry, by);
  if (isCollection(entry)) for (const item of entry.items) move(item, by);
}

function moveRange(node: Node, by: number): void {
  if (node.range) node.range = [node.range[0] + by, node.range[1] + by, node.range[2] + by];
}

/**
 * The root of the document in which the lines have taken the place of the entry that the levels lead to.
 *
 * @returns undefined where a key of the innermost collection would occur twice
 */
function exchange(
  levels: readonly Level[],
  { entries, collections }: ReadAlone,
  moved: number,
): ParsedNode | undefined {
  let replacements: readonly Entry[] = entries;
  // What ends with the lines ends where it does when they are read.
  let isAtEnd = true;
  let root: ParsedNode | undefined;
  for (let depth = levels.length - 1; depth >= 0; depth--) {
    const level = levels[depth];
    const alone = collections[depth];
    if (!level || !alone) return undefined;
    const { collection, index, next } = level;
    const items: readonly Entry[] = collection.items;
    const copy = copyOf(collection);
    copy.items = [...items.slice(0, index), ...replacements, ...items.slice(index + 1)] as never;
    isAtEnd &&= next === undefined;
    const isAtStart = depth === levels.length - 1 && index === 0;
    copy.range = [
      isAtStart ? alone.range[0] + moved : collection.range[0],
      isAtEnd ? alone.range[1] + moved : collection.range[1],
      isAtEnd ? alone.range[2] + moved : collection.range[2],
    ];
    if (isMap(copy) && hasRepeatedKeys(copy)) return undefined;
    root = copy;
    const outer = levels[depth - 1];
    const holder = outer && (outer.collection.items as readonly Entry[])[outer.index];
    replacements = [isPair(holder) ? new Pair(holder.key, copy) : copy];
  }
  return root;
}

/** Keys that occur twice are an error, of the collection and not of its lines. */
function hasRepeatedKeys(map: BlockCollection): boolean {
  const keys = (map.items as readonly Entry[]).map(
    item => isPair(item) && isScalar(item.key) && item.key.value,
  );
  return new Set(keys).size < keys.length;
}

/** With what the prototype's methods look for, be it hidden. */
function copyOf<T extends object>(value: T): T {
  const prototype = Object.getPrototypeOf(value) as object;
  return Object.create(prototype, Object.getOwnPropertyDescriptors(value)) as T;
}
