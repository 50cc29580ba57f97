import {
  Composer,
  type CST,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type ParsedNode,
} from 'yaml';
import type { Place, PlacedEntry, PlacedNode } from './placedNode';

/** The maximum nesting: more than any definition needs, and safe for recursion. */
const MAX_NESTING = 200;
/** The size of parts that are composed at once, in code units: a few milliseconds. */
const PART = 8_000;
const MOST_ERRORS = 100;
/** The maximum number of lexemes: more take the parser minutes, and much memory. */
const MOST_LEXEMES = 2_000_000;

export interface DocumentError {
  readonly message: string;
  readonly place: Place;
}

export interface PlacedDocument {
  /** Undefined for an empty or unreadable document. */
  readonly root: PlacedNode | undefined;
  /** Errors in document order. */
  readonly errors: readonly DocumentError[];
}

/**
 * Parses the first document of a YAML or JSON text in slices. The parser composes a whole document at once, which takes
 * a second for several megabytes; here, the thread is free between parts: a large collection is composed first without
 * its large items, then the items.
 */
export function* composeSlices(text: string): Generator<void, PlacedDocument> {
  const parser = new Parser();
  let count = 0;
  let document: CST.Document | undefined;
  const take = (tokens: Iterable<CST.Token>): void => {
    for (const token of tokens) {
      if (token.type === 'document' && token.value && !document) document = token;
    }
  };
  for (const lexeme of new Lexer().lex(text)) {
    take(parser.next(lexeme));
    if (document) break;
    if (parser.stack.length > MAX_NESTING) {
      const place = { start: parser.offset, end: parser.offset + 1 };
      return { root: undefined, errors: [{ message: 'This is nested too deeply', place }] };
    }
    if (++count % 256 === 0) yield;
    if (count > MOST_LEXEMES) {
      const place = { start: 0, end: 1 };
      return { root: undefined, errors: [{ message: 'This has too many parts', place }] };
    }
  }
  if (!document) take(parser.end());
  if (!document?.value) return { root: undefined, errors: [] };
  const composition = new Composition();
  const root = yield* composition.compose(document.value);
  const errors = composition.errors.sort((a, b) => a.place.start - b.place.start);
  return { root, errors };
}

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
type Item = Collection['items'][number];

class Composition {
  readonly errors: DocumentError[] = [];
  #anchors = new Map<string, PlacedNode>();
  #sizes = new Map<CST.Token, number>();

  /**
   * @param anchor - of the node, if the preceding tokens aren't part of the token
   */
  *compose(token: CST.Token, anchor?: string): Generator<void, PlacedNode> {
    if (isCollectionToken(token) && this.#sizeOf(token) > PART) {
      return yield* this.#composeLarge(token, anchor);
    }
    const contents = this.#composePart(token);
    yield;
    return this.#placed(contents, offsetOf(token), anchor);
  }

  *#composeLarge(token: Collection, anchor: string | undefined): Generator<void, PlacedNode> {
    const entries = new Map<string, PlacedEntry>();
    const items: PlacedNode[] = [];
    const place = { start: token.offset, end: token.offset };
    const isFlowMap = token.type === 'flow-collection' && token.start.source === '{';
    const node: PlacedNode =
      token.type === 'block-map' || isFlowMap
        ? { type: 'map', place, entries }
        : { type: 'list', place, items };
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    for (const chunk of this.#chunksOf(token)) {
      const large = new Map<number, CST.Token>();
      const contents = this.#composePart(skeletonOf(token, chunk, large));
      yield;
      place.end = Math.max(place.end, placeOf(contents, place.end).end);
      const valueOf = function* (
        this: Composition,
        value: unknown,
        offset: number,
      ): Generator<void, PlacedNode> {
        const part = large.get(placeOf(value, offset).start);
        if (part) return yield* this.compose(part, anchorOf(value));
        return this.#placed(value, offset);
      };
      for (const item of isCollection(contents) ? contents.items : []) {
        if (!isPair(item)) {
          items.push(yield* valueOf.call(this, item, place.start));
          continue;
        }
        const at = placeOf(item.key, place.start);
        const value = yield* valueOf.call(this, item.value, at.end);
        if (node.type === 'map') this.#set(entries, item.key, { place: at, value });
        else items.push(value);
      }
    }
    return node;
  }

  #set(entries: Map<string, PlacedEntry>, key: unknown, entry: PlacedEntry): void {
    const name = keyText(key);
    if (entries.has(name)) this.#report('Map keys must be unique', entry.place);
    entries.set(name, entry);
  }

  #report(message: string, place: Place): void {
    if (this.errors.length < MOST_ERRORS) this.errors.push({ message, place });
  }

  /** Splits the items of a collection into runs that can be composed at once, without the large ones. */
  *#chunksOf({ items }: Collection): Generator<Item[]> {
    let chunk: Item[] = [];
    let size = 0;
    for (const item of items) {
      chunk.push(item);
      const { key, value } = item;
      size += 8 + (key ? this.#sizeOf(key) : 0);
      if (value && !isCollectionToken(value)) size += this.#sizeOf(value);
      if (size < PART) continue;
      yield chunk;
      chunk = [];
      size = 0;
    }
    if (chunk.length) yield chunk;
  }

  #sizeOf(token: CST.Token): number {
    let size = this.#sizes.get(token);
    if (size !== undefined) return size;
    size = 'source' in token ? token.source.length : 0;
    if (isCollectionToken(token)) {
      for (const { key, value } of token.items) {
        size += 8 + (key ? this.#sizeOf(key) : 0) + (value ? this.#sizeOf(value) : 0);
      }
      this.#sizes.set(token, size);
    }
    return size;
  }

  #composePart(value: CST.Token): ParsedNode | undefined {
    const composed = withoutStacks(() => {
      const composer = new Composer<ParsedNode>({
        merge: false,
        uniqueKeys: false,
        logLevel: 'silent',
      });
      const token: CST.Document = { type: 'document', offset: offsetOf(value), start: [], value };
      const documents = [...composer.next(token), ...composer.end()];
      return documents[0];
    });
    for (const { message, pos } of composed?.errors ?? []) {
      this.#report(message, { start: pos[0], end: pos[1] });
    }
    return composed?.contents ?? undefined;
  }

  /** Converts a node of the parser; nesting is limited, so recursion is too. */
  #placed(node: unknown, offset: number, anchor = anchorOf(node)): PlacedNode {
    const place = placeOf(node, offset);
    if (isAlias(node)) {
      const aliased = this.#anchors.get(node.source);
      if (!aliased) this.#report(`Unresolved alias: ${node.source}`, place);
      return aliased ?? { type: 'scalar', place, value: undefined };
    }
    const entries = new Map<string, PlacedEntry>();
    const items: PlacedNode[] = [];
    const placed: PlacedNode = isMap(node)
      ? { type: 'map', place, entries }
      : isSeq(node)
        ? { type: 'list', place, items }
        : { type: 'scalar', place, value: isScalar(node) ? node.value : undefined };
    if (anchor !== undefined) this.#anchors.set(anchor, placed);
    for (const item of isCollection(node) ? node.items : []) {
      if (placed.type === 'map' && isPair(item)) {
        const at = placeOf(item.key, offset);
        const value = this.#placed(item.value, at.end);
        this.#set(entries, item.key, { place: at, value });
      } else items.push(this.#placed(isPair(item) ? item.value : item, place.start));
    }
    return placed;
  }
}

/** Returns a collection with some of its items, where nested large collections are replaced by small ones. */
function skeletonOf(token: Collection, items: Item[], large: Map<number, CST.Token>): CST.Token {
  const isFirst = items[0] === token.items[0];
  const skeleton = items.map((item, index) => {
    const { value } = item;
    const start = startOf(item, isFirst || index > 0);
    if (!value || !isCollectionToken(value)) return { ...item, start };
    large.set(value.offset, value);
    const placeholder: CST.FlowScalar = {
      type: 'scalar',
      offset: value.offset,
      indent: value.indent,
      source: '~',
    };
    return { ...item, start, value: placeholder };
  });
  return { ...token, items: skeleton } as CST.Token;
}

/** Returns the tokens before an item, so that parsing continues there and not at the omitted items before. */
function startOf({ start, key, value }: Item, mayHaveComma: boolean): CST.SourceToken[] {
  // The first item of a flow collection has no comma before it.
  if (start.length) return mayHaveComma ? start : start.filter(({ type }) => type !== 'comma');
  const next = key ?? value;
  return next ? [{ type: 'space', offset: offsetOf(next), indent: 0, source: '' }] : start;
}

/** Creates parse errors without stacks, whose recording takes most of their time. */
function withoutStacks<T>(make: () => T): T {
  const errors: ErrorConstructor & { stackTraceLimit?: number } = Error;
  const { stackTraceLimit } = errors;
  errors.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    errors.stackTraceLimit = stackTraceLimit;
  }
}

function isCollectionToken(token: CST.Token): token is Collection {
  return (
    token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection'
  );
}

function offsetOf(token: CST.Token): number {
  return 'offset' in token ? token.offset : 0;
}

function keyText(key: unknown): string {
  return isScalar(key) ? `${key.value as string}` : '';
}

function placeOf(node: unknown, offset: number): Place {
  const range = isScalar(node) || isCollection(node) || isAlias(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : { start: offset, end: offset };
}

function anchorOf(node: unknown): string | undefined {
  return isScalar(node) || isCollection(node) ? node.anchor : undefined;
}
