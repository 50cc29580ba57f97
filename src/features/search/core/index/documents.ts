import type { SearchDocument } from '../../../../api';
import { ownText } from '../../../../base';
import { Growing } from './storage/growing';

/** What is known of a document without reading it, as bits. */
export const Flag = { gone: 1, entity: 2, deprecated: 4 } as const;

/** Where documents come from. */
export interface StoredSource {
  readonly type: string;
  readonly id: string;
  readonly stamp: string | undefined;
  /** The number of its first document; the others follow. */
  readonly first: number;
  readonly count: number;
  readonly isGone: boolean;
}

/** A document, as it is added. */
export interface StoredDocument {
  readonly document: SearchDocument;
  /** Number of its source. */
  readonly source: number;
  readonly flags: number;
  /** How many words its text has. */
  readonly textLength: number;
  /** How many letters the shortest of its names has. */
  readonly nameLength: number;
  /** Numbers of the values of its facets. */
  readonly values: readonly number[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Longer names are as long as this to the ranking. */
const MAX_NAME_LENGTH = 255;
/** Of so many documents names are kept that were read: most of what is looked at was a letter ago. */
const MAX_NAMES = 1000;

/** Gives the parts that an index was stored in, one after the other. */
export interface StoredParts {
  bytes(): Uint8Array;
  words(): Uint32Array;
}

/** Columns in the order in which they are stored. Those of starts have one more where the last ends. */
function columnsOf(parts?: StoredParts) {
  const bytes = () => Growing.bytes(parts?.bytes());
  const words = (first = 0) => Growing.words(parts ? parts.words() : new Uint32Array(first));
  return {
    records: bytes(),
    recordStarts: words(1),
    textStarts: words(),
    sources: words(),
    refs: words(),
    flags: bytes(),
    nameLengths: bytes(),
    textLengths: words(),
    values: words(),
    valueStarts: words(1),
  };
}

/**
 * What is kept of documents: each as bytes, read again where it is shown, and beside them, by the number of the
 * document, what ranking looks at for all that match.
 */
export class Documents {
  #columns: ReturnType<typeof columnsOf>;
  /** Compared where nothing else tells two documents apart, and what the last candidates are ranked by. */
  readonly titles: string[];
  /** By number of the document. */
  #names = new Map<number, readonly string[]>();
  #live = 0;
  #words = 0;

  constructor(parts?: StoredParts, titles: string[] = []) {
    this.#columns = columnsOf(parts);
    this.titles = titles;
    for (let number = 0; number < this.size; number++) {
      if (this.isGone(number)) continue;
      this.#live++;
      this.#words += this.textLength(number);
    }
  }

  /** All columns, as they are stored. */
  get parts(): readonly (Uint8Array | Uint32Array)[] {
    return Object.values(this.#columns).map(({ used }) => used);
  }

  /** With those that are gone: numbers are below this. */
  get size(): number {
    return this.#columns.flags.length;
  }

  get live(): number {
    return this.#live;
  }

  /** Words of a text, on average. */
  get averageLength(): number {
    return this.#live ? Math.max(1, this.#words / this.#live) : 1;
  }

  /** @returns its number */
  add(stored: StoredDocument): number {
    const { document, ...row } = stored;
    const { text, title, ...record } = document;
    const { records, textStarts } = this.#columns;
    records.append(encoder.encode(JSON.stringify(record)));
    textStarts.push(records.length);
    if (text !== undefined) records.append(encoder.encode(text));
    const ref = document.ref === undefined ? 0 : hashOfRef(document.ref);
    return this.#push({ ...row, ref, title: ownText(title) });
  }

  /** Adds a document of another index. @param source - the number of its source here */
  copy(from: Documents, number: number, source: number, values: readonly number[]): void {
    const { recordStarts, textStarts, records, flags } = from.#columns;
    const start = recordStarts.data[number] ?? 0;
    const end = recordStarts.data[number + 1] ?? start;
    const beforeText = (textStarts.data[number] ?? end) - start;
    this.#columns.textStarts.push(this.#columns.records.length + beforeText);
    this.#columns.records.append(records.data.subarray(start, end));
    this.#push({
      source,
      values,
      title: from.titles[number] ?? '',
      ref: from.ref(number),
      flags: flags.data[number] ?? 0,
      nameLength: from.nameLength(number),
      textLength: from.textLength(number),
    });
  }

  /** Adds a row for what was appended to the records. @returns its number */
  #push(
    row: Omit<StoredDocument, 'document'> & { readonly ref: number; readonly title: string },
  ): number {
    const columns = this.#columns;
    columns.recordStarts.push(columns.records.length);
    this.titles.push(row.title);
    columns.sources.push(row.source);
    columns.refs.push(row.ref);
    columns.flags.push(row.flags);
    columns.nameLengths.push(Math.min(row.nameLength, MAX_NAME_LENGTH));
    columns.textLengths.push(row.textLength);
    for (const value of row.values) columns.values.push(value);
    columns.valueStarts.push(columns.values.length);
    this.#live++;
    this.#words += row.textLength;
    return this.size - 1;
  }

  remove(number: number): void {
    if (this.isGone(number)) return;
    this.#columns.flags.data[number] = (this.#columns.flags.data[number] ?? 0) | Flag.gone;
    this.#live--;
    this.#words -= this.textLength(number);
  }

  read(number: number): SearchDocument {
    const text = this.text(number);
    return { ...this.readHead(number), ...(text !== undefined && { text }) };
  }

  /** All but its text. */
  readHead(number: number): SearchDocument {
    const start = this.#columns.recordStarts.data[number] ?? 0;
    const end = this.#columns.textStarts.data[number] ?? start;
    const record = decoder.decode(this.#columns.records.data.subarray(start, end));
    const rest = JSON.parse(record) as Omit<SearchDocument, 'title' | 'text'>;
    return { ...rest, title: this.titles[number] ?? '' };
  }

  /** What it can be called: its title, its names, and the ref of what is an entity. */
  names(number: number): readonly string[] {
    const known = this.#names.get(number);
    if (known) return known;
    const { title, names = [], ref } = this.readHead(number);
    const isEntity = this.has(number, Flag.entity);
    const all = [title, ...names, ...(isEntity && ref !== undefined ? [ref] : [])];
    if (this.#names.size >= MAX_NAMES) this.#names.clear();
    this.#names.set(number, all);
    return all;
  }

  text(number: number): string | undefined {
    const start = this.#columns.textStarts.data[number] ?? 0;
    const end = this.#columns.recordStarts.data[number + 1] ?? start;
    return end > start
      ? decoder.decode(this.#columns.records.data.subarray(start, end))
      : undefined;
  }

  isGone(number: number): boolean {
    return this.has(number, Flag.gone);
  }

  has(number: number, flag: number): boolean {
    return ((this.#columns.flags.data[number] ?? Flag.gone) & flag) !== 0;
  }

  source(number: number): number {
    return this.#columns.sources.data[number] ?? 0;
  }

  /** The hash of its ref; 0: it has none. */
  ref(number: number): number {
    return this.#columns.refs.data[number] ?? 0;
  }

  nameLength(number: number): number {
    return this.#columns.nameLengths.data[number] ?? 0;
  }

  textLength(number: number): number {
    return this.#columns.textLengths.data[number] ?? 0;
  }

  /** By number of the document, of those there are now; with those that are gone. */
  get flags(): Uint8Array {
    return this.#columns.flags.data;
  }

  get textLengths(): Uint32Array {
    return this.#columns.textLengths.data;
  }

  valuesFrom(number: number): number {
    return this.#columns.valueStarts.data[number] ?? 0;
  }

  /** Numbers of values of facets, one document's behind the other's. */
  get values(): Uint32Array {
    return this.#columns.values.data;
  }
}

/** Refs are compared by this where a wrong answer is a better place in a list; never 0. */
export function hashOfRef(ref: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < ref.length; at++) hash = Math.imul(hash ^ ref.charCodeAt(at), 0x01000193);
  return hash >>> 0 || 1;
}
