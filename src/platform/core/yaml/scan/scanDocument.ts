import { mustParseWhole, splitDocuments } from '../documentParts';
import { PlacedCollection, type PlacedNode } from './placedCollection';
import { UnsupportedSyntax, isBlank, isEndOfLine, asciiTable } from './scanCharacters';
import {
  type Cursor,
  endOfFlowPlain,
  endOfPlain,
  ENDS_FLOW_SCALAR,
  readBlockScalar,
  readQuoted,
  resolvePlain,
} from './scanScalars';

/** A document read by the fast parser. */
export interface ScannedDocument {
  readonly value: unknown;
  /** The root node; for an empty document, the place where it would start. */
  readonly root: PlacedNode;
}

/**
 * Parses one document of common YAML: block mappings and sequences, scalars on one line or as a block, flow collections
 * on one line, comments. The result equals that of `yaml`, offsets included, in a fraction of the time. Returns
 * undefined if unsure, so that `yaml` has to read the document: at every error, tag, anchor, alias, merge key, non-text
 * key and tab.
 *
 * @param start - of the document, including comments before its `---`
 * @param marker - offset of its `---`; undefined if it has none
 * @param end - start of the next document, or end of the text
 */
export function scanDocument(
  text: string,
  { start, marker, end }: { start: number; marker: number | undefined; end: number },
): ScannedDocument | undefined {
  try {
    return new DocumentScanner(text, end).read(start, marker);
  } catch (error) {
    if (error instanceof UnsupportedSyntax) return undefined;
    throw error;
  }
}

/**
 * Parses a text with one document in the same way.
 *
 * @returns undefined also for a text with several documents
 */
export function scanText(text: string): ScannedDocument | undefined {
  if (!isScannable(text) || mustParseWhole(text)) return undefined;
  const [part, ...others] = splitDocuments(text);
  return part && !others.length ? scanDocument(text, part) : undefined;
}

/** Whether `scanDocument` supports the line breaks of a text: each carriage return needs a line feed after it. */
export function isScannable(text: string): boolean {
  return !text.includes('\r') || !/\r(?!\n)/.test(text);
}

/** The maximum nesting: deeper than hand-written documents, and far from a stack overflow. */
const MAX_DEPTH = 60;

/** The maximum length of a key; `yaml` allows 1,024 characters before a colon. */
const MAX_KEY_LENGTH = 1000;

/** Characters that a plain scalar may not start with, or only under conditions. */
const NO_PLAIN_START: readonly boolean[] = asciiTable('-?:,[]{}#&*!|>\'"%@`');
const NO_KEY_START: readonly boolean[] = asciiTable('-?:,[]{}#&*!|>\'"%@`<=~ ');

const DASH = 0x2d;
const COLON = 0x3a;
const HASH = 0x23;
const SPACE = 0x20;
const TAB = 0x09;

class DocumentScanner {
  #text: string;
  #limit: number;
  #cursor: Cursor = { end: 0 };
  #depth = 0;

  // The next line with content: its start, the start of its content, and the column of that.
  #line = 0;
  #at = 0;
  /** -1 if there is no more content. */
  #column: number = -1;
  #isAfterComment = false;

  // The value that was read last: its start, its end, and the end up to which it counts as part of its parent.
  #valueStart = 0;
  #valueEnd = 0;
  #tail = 0;
  #collection: PlacedCollection | undefined;

  constructor(text: string, limit: number) {
    this.#text = text;
    this.#limit = limit;
  }

  read(start: number, marker: number | undefined): ScannedDocument | undefined {
    let position = start;
    let empty = start;
    if (marker !== undefined) {
      empty = marker + 3;
      while (this.#text.charCodeAt(empty) === SPACE) empty++;
      position = this.#endOfLine(empty, empty > marker + 3);
    }
    this.#advance(position);
    if (this.#column === -1) {
      if (marker === undefined) return undefined;
      return { value: null, root: { start: empty, end: empty, child: () => undefined } };
    }
    if (this.#column > 0) throw new UnsupportedSyntax();
    const value = this.#readBlock(-1);
    const root = this.#collection;
    if (!root || this.#at < this.#limit) throw new UnsupportedSyntax();
    return { value, root };
  }

  /** Moves to the next line with content. @param from - start of a line */
  #advance(from: number): void {
    const text = this.#text;
    let position = from;
    let deepestComment = -1;
    while (position < this.#limit) {
      let at = position;
      let code = text.charCodeAt(at);
      while (code === SPACE) code = text.charCodeAt(++at);
      if (code === 0x0a) position = at + 1;
      else if (code === 0x0d) position = at + 2;
      else if (code === HASH) {
        deepestComment = Math.max(deepestComment, at - position);
        position = this.#nextLine(at);
      } else if (at >= this.#limit) break;
      else if (code === TAB) throw new UnsupportedSyntax();
      else {
        // Such a comment may belong to the collection before it and extend it.
        if (deepestComment > at - position) throw new UnsupportedSyntax();
        this.#line = position;
        this.#at = at;
        this.#column = at - position;
        this.#isAfterComment = deepestComment >= 0;
        return;
      }
    }
    if (deepestComment > 0) throw new UnsupportedSyntax();
    this.#at = this.#limit;
    this.#column = -1;
    this.#isAfterComment = deepestComment >= 0;
  }

  #nextLine(offset: number): number {
    const next = this.#text.indexOf('\n', offset);
    return next === -1 || next >= this.#limit ? this.#limit : next + 1;
  }

  /** Returns the start of the next line, if only a comment is left on this one. */
  #endOfLine(offset: number, isAfterSpace = false): number {
    let at = offset;
    let code = this.#text.charCodeAt(at);
    while (code === SPACE) code = this.#text.charCodeAt(++at);
    const isComment = code === HASH && (at > offset || isAfterSpace);
    if (!isComment && !isEndOfLine(code)) throw new UnsupportedSyntax();
    return this.#nextLine(at);
  }

  /** Reads the value at the current place, which may be a mapping or a sequence. */
  #readBlock(parentColumn: number): unknown {
    const code = this.#text.charCodeAt(this.#at);
    if (code === DASH && isBlank(this.#text.charCodeAt(this.#at + 1))) return this.#readSequence();
    if (this.#colonAfterKey(this.#at) !== -1) return this.#readMapping();
    return this.#readScalar(this.#at, parentColumn);
  }

  #readMapping(): Record<string, unknown> {
    this.#descend();
    const value: Record<string, unknown> = {};
    const column = this.#column;
    const keys: string[] = [];
    const node = new PlacedCollection(this.#at, keys);
    do {
      const at = this.#at;
      const colon = this.#colonAfterKey(at);
      if (colon === -1) throw new UnsupportedSyntax();
      const key = this.#readKey(at, colon);
      if (Object.hasOwn(value, key)) throw new UnsupportedSyntax();
      value[key] = this.#readValue(colon + 1, column, true);
      keys.push(key);
      node.add(at, colon, this.#valueStart, this.#valueEnd, this.#collection);
    } while (this.#column === column);
    this.#ascend(column, node);
    return value;
  }

  #readSequence(): unknown[] {
    this.#descend();
    const value: unknown[] = [];
    const column = this.#column;
    const node = new PlacedCollection(this.#at, undefined);
    do {
      const isAfterComment = this.#isAfterComment;
      let at = this.#at + 1;
      while (this.#text.charCodeAt(at) === SPACE) at++;
      const code = this.#text.charCodeAt(at);
      if (isEndOfLine(code) || code === HASH) {
        const item = this.#readValue(this.#at + 1, column, false);
        // After such a comment, the sequence ends after the line of that item.
        if (item === null && isAfterComment && this.#column < column) throw new UnsupportedSyntax();
        value.push(item);
      } else {
        this.#at = at;
        this.#column = at - this.#line;
        value.push(this.#readBlock(column));
      }
      node.add(-1, -1, this.#valueStart, this.#valueEnd, this.#collection);
    } while (
      this.#column === column &&
      this.#text.charCodeAt(this.#at) === DASH &&
      isBlank(this.#text.charCodeAt(this.#at + 1))
    );
    this.#ascend(column, node);
    return value;
  }

  #descend(): void {
    if (++this.#depth > MAX_DEPTH) throw new UnsupportedSyntax();
  }

  #ascend(column: number, node: PlacedCollection): void {
    if (this.#column > column) throw new UnsupportedSyntax();
    this.#depth--;
    node.end = this.#tail;
    this.#valueStart = node.start;
    this.#valueEnd = node.end;
    this.#collection = node;
  }

  /** Returns the offset of the colon if the line continues with a key, else -1. */
  #colonAfterKey(at: number): number {
    const text = this.#text;
    const first = text.charCodeAt(at);
    if (first === 0x22 || first === 0x27) {
      readQuoted(text, at, this.#cursor);
      const { end } = this.#cursor;
      return text.charCodeAt(end) === COLON && isBlank(this.#text.charCodeAt(end + 1)) ? end : -1;
    }
    if (first > 0x7e || NO_KEY_START[first]) return -1;
    for (let index = at + 1; ; index++) {
      const code = text.charCodeAt(index);
      if (code === COLON) {
        const next = text.charCodeAt(index + 1);
        if (next === SPACE || isEndOfLine(next)) return index;
      } else if (isEndOfLine(code)) return -1;
      else if (code === HASH && text.charCodeAt(index - 1) === SPACE) return -1;
    }
  }

  #readKey(at: number, colon: number): string {
    const text = this.#text;
    if (colon - at > MAX_KEY_LENGTH) throw new UnsupportedSyntax();
    const first = text.charCodeAt(at);
    const isQuoted = first === 0x22 || first === 0x27;
    const key = isQuoted ? readQuoted(text, at, this.#cursor) : text.slice(at, colon);
    if (key === '__proto__') throw new UnsupportedSyntax();
    if (isQuoted) return key;
    for (let index = at; index < colon; index++) {
      const code = text.charCodeAt(index);
      if (code < SPACE || code > 0x7e) throw new UnsupportedSyntax();
    }
    if (text.charCodeAt(colon - 1) === SPACE) throw new UnsupportedSyntax();
    if (typeof resolvePlain(key) !== 'string') throw new UnsupportedSyntax();
    return key;
  }

  /** Reads the value after a colon, or after a dash on its own line. */
  #readValue(offset: number, column: number, isOfMapping: boolean): unknown {
    let at = offset;
    while (this.#text.charCodeAt(at) === SPACE) at++;
    const code = this.#text.charCodeAt(at);
    const isComment = code === HASH;
    if (!isEndOfLine(code) && !(isComment && at > offset)) return this.#readScalar(at, column);
    this.#advance(this.#nextLine(at));
    if (this.#column > column) return this.#readBlock(column);
    if (
      isOfMapping &&
      this.#column === column &&
      this.#text.charCodeAt(this.#at) === DASH &&
      isBlank(this.#text.charCodeAt(this.#at + 1))
    ) {
      return this.#readSequence();
    }
    // Without more items, the comment would be part of the parent.
    const isLast = !isOfMapping || this.#column < column;
    if (isLast && (isComment || this.#isAfterComment)) throw new UnsupportedSyntax();
    this.#collection = undefined;
    this.#valueStart = this.#valueEnd = this.#tail = at;
    return null;
  }

  /** Reads a value that starts on this line, inside a collection at a column. */
  #readScalar(at: number, parentColumn: number): unknown {
    const text = this.#text;
    const code = text.charCodeAt(at);
    this.#collection = undefined;
    if (code === 0x22 || code === 0x27) {
      const value = readQuoted(text, at, this.#cursor);
      this.#finish(at, this.#cursor.end);
      return value;
    }
    if (code === 0x5b || code === 0x7b) {
      const value = this.#readFlow(at);
      const collection = this.#collection;
      this.#finish(at, this.#cursor.end);
      this.#collection = collection;
      return value;
    }
    if (code === 0x7c || code === 0x3e) {
      const { value, end } = readBlockScalar(text, at, { limit: this.#limit, parentColumn });
      this.#valueStart = at;
      this.#valueEnd = this.#tail = end;
      this.#advance(end);
      return value;
    }
    if (NO_PLAIN_START[code]) {
      if (code !== DASH || isBlank(text.charCodeAt(at + 1))) throw new UnsupportedSyntax();
    }
    return this.#readPlain(at, parentColumn);
  }

  #readPlain(at: number, parentColumn: number): unknown {
    const text = this.#text;
    let end = endOfPlain(text, at);
    this.#finish(at, end);
    if (this.#column <= parentColumn) return resolvePlain(text.slice(at, end));
    let value = text.slice(at, end);
    do {
      const next = this.#at;
      let breaks = 0;
      for (let index = end; index < next; index++) if (text.charCodeAt(index) === 0x0a) breaks++;
      // A comment ends the scalar, so that the next line would be an error.
      if (this.#isAfterComment || text.slice(end, next).trim() !== '')
        throw new UnsupportedSyntax();
      end = endOfPlain(text, next);
      value += (breaks > 1 ? '\n'.repeat(breaks - 1) : ' ') + text.slice(next, end);
      this.#finish(at, end);
    } while (this.#column > parentColumn);
    return value;
  }

  /** Moves to the next line after a scalar or a flow collection. */
  #finish(start: number, end: number): void {
    this.#tail = this.#endOfLine(end);
    this.#valueStart = start;
    this.#valueEnd = end;
    this.#advance(this.#tail);
  }

  /** Reads a flow collection that ends on its line. */
  #readFlow(at: number): unknown {
    this.#descend();
    const text = this.#text;
    const isMapping = text.charCodeAt(at) === 0x7b;
    const close = isMapping ? 0x7d : 0x5d;
    const items: unknown[] = [];
    const keys: string[] = [];
    const value: Record<string, unknown> = {};
    const node = new PlacedCollection(at, isMapping ? keys : undefined);
    let position = this.#skipSpaces(at + 1);
    while (text.charCodeAt(position) !== close || node.size > 0) {
      let keyEnd = -1;
      const start = position;
      if (isMapping) {
        keyEnd = this.#endOfFlowKey(position);
        const key = this.#readKey(position, keyEnd);
        if (Object.hasOwn(value, key)) throw new UnsupportedSyntax();
        keys.push(key);
        position = this.#skipSpaces(keyEnd + 1);
      }
      const item = this.#readFlowItem(position);
      if (isMapping) value[keys.at(-1) ?? ''] = item;
      else items.push(item);
      const { end } = this.#cursor;
      node.add(isMapping ? start : -1, keyEnd, position, end, this.#collection);
      position = this.#skipSpaces(end);
      const code = text.charCodeAt(position);
      if (code === close) break;
      if (code !== 0x2c) throw new UnsupportedSyntax();
      position = this.#skipSpaces(position + 1);
    }
    node.end = this.#cursor.end = position + 1;
    this.#collection = node;
    this.#depth--;
    return isMapping ? value : items;
  }

  #skipSpaces(offset: number): number {
    let at = offset;
    while (this.#text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  #endOfFlowKey(at: number): number {
    const text = this.#text;
    const colon = this.#colonAfterKey(at);
    if (colon === -1 || text.charCodeAt(colon + 1) !== SPACE) throw new UnsupportedSyntax();
    const first = text.charCodeAt(at);
    if (first === 0x22 || first === 0x27) return colon;
    for (let index = at; index < colon; index++) {
      if (ENDS_FLOW_SCALAR[text.charCodeAt(index)]) throw new UnsupportedSyntax();
    }
    return colon;
  }

  #readFlowItem(at: number): unknown {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) return this.#readFlow(at);
    this.#collection = undefined;
    if (code === 0x22 || code === 0x27) return readQuoted(text, at, this.#cursor);
    if (NO_PLAIN_START[code] && code !== DASH) throw new UnsupportedSyntax();
    const end = endOfFlowPlain(text, at);
    if (code === DASH && (end === at + 1 || isBlank(text.charCodeAt(at + 1))))
      throw new UnsupportedSyntax();
    this.#cursor.end = end;
    return resolvePlain(text.slice(at, end));
  }
}
