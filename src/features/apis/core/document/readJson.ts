import { composeSlices, type PlacedDocument } from './composeSlices';
import type { Place, PlacedEntry, PlacedNode } from './placedNode';

const MAX_NESTING = 200;

/**
 * Parses strict JSON in a fraction of a YAML parser's time; returns undefined for other text, which the YAML parser
 * reads and reports.
 */
export function* readJson(text: string): Generator<void, PlacedNode | undefined> {
  const open: OpenCollection[] = [];
  let root: PlacedNode | undefined;
  let at = 0;
  for (let count = 1; ; count++) {
    if (count % 1024 === 0) yield;
    const token = tokenAt(text, at);
    if (!token) return undefined;
    const { kind, place } = token;
    if (kind === 'end') return open.length ? undefined : root;
    at = place.end;
    const top = open.at(-1);
    if (root ?? (top && !top.take(kind))) return undefined;
    if (kind === ',' || kind === ':') continue;
    if (kind === '{' || kind === '[') {
      if (open.length >= MAX_NESTING) return undefined;
      open.push(new OpenCollection(kind, place.start));
      continue;
    }
    if (top?.isAtKey) {
      top.key = { text: String(token.value), place };
      continue;
    }
    const isEnd = kind === '}' || kind === ']';
    if (isEnd && !top) return undefined;
    if (isEnd) open.pop();
    const node: PlacedNode =
      isEnd && top ? top.close(place.end) : { type: 'scalar', place, value: token.value };
    const parent = open.at(-1);
    if (parent) parent.add(node);
    else root = node;
  }
}

type Sign = '{' | '}' | '[' | ']' | ',' | ':';
type Kind = Sign | 'string' | 'value' | 'end';

interface Token {
  readonly kind: Kind;
  readonly place: Place;
  readonly value?: unknown;
}

const space = /[ \t\r\n]*/y;
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const signs = new Set<string | undefined>(['{', '}', '[', ']', ',', ':'] satisfies Sign[]);

function tokenAt(text: string, from: number): Token | undefined {
  space.lastIndex = from;
  space.test(text);
  const start = Math.max(from, space.lastIndex);
  const character = text[start];
  if (character === undefined) return { kind: 'end', place: { start, end: start } };
  if (signs.has(character)) {
    return { kind: character as Sign, place: { start, end: start + 1 } };
  }
  let end = start;
  if (character === '"') end = endOfString(text, start);
  else {
    plain.lastIndex = start;
    if (plain.test(text)) end = plain.lastIndex;
  }
  if (end === start) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(start, end));
    return { kind: character === '"' ? 'string' : 'value', place: { start, end }, value };
  } catch {
    // Not JSON: the document is read as YAML, which reports what is wrong.
    return undefined;
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x5c) at++;
  }
  return start;
}

/** The tokens that may come next in a collection. */
type Expected = 'first' | 'item' | 'colon' | 'value' | 'comma';

class OpenCollection {
  key: { readonly text: string; readonly place: Place } | undefined;
  /** Whether the last token is a key. */
  isAtKey = false;
  #isMap: boolean;
  #start: number;
  #expected: Expected = 'first';
  #entries = new Map<string, PlacedEntry>();
  #items: PlacedNode[] = [];

  constructor(kind: '{' | '[', start: number) {
    this.#isMap = kind === '{';
    this.#start = start;
  }

  /** Whether a token may come now. */
  take(kind: Kind): boolean {
    const expected = this.#expected;
    this.isAtKey = false;
    if (kind === (this.#isMap ? '}' : ']')) return expected === 'first' || expected === 'comma';
    if (kind === '}' || kind === ']') return false;
    if (kind === ',') {
      this.#expected = 'item';
      return expected === 'comma';
    }
    if (kind === ':') {
      this.#expected = 'value';
      return expected === 'colon';
    }
    const isItem = expected === 'first' || expected === 'item';
    if (this.#isMap && isItem) {
      this.isAtKey = true;
      this.#expected = 'colon';
      return kind === 'string';
    }
    this.#expected = 'comma';
    return isItem ? !this.#isMap : expected === 'value';
  }

  add(node: PlacedNode): void {
    if (!this.#isMap) this.#items.push(node);
    else if (this.key) this.#entries.set(this.key.text, { place: this.key.place, value: node });
  }

  close(end: number): PlacedNode {
    const place = { start: this.#start, end };
    return this.#isMap
      ? { type: 'map', place, entries: this.#entries }
      : { type: 'list', place, items: this.#items };
  }
}

/** Parses a YAML or JSON text in steps, to release the thread in between. */
export function* readDocument(text: string): Generator<void, PlacedDocument> {
  if (/^\s*[{[]/.test(text)) {
    const root = yield* readJson(text);
    if (root) return { root, errors: [] };
  }
  return yield* composeSlices(text);
}
