import type { SearchDocument } from '../../../../api';
import { compactString } from '../../../../base';
import { Growing } from './storage/growing';

/** Properties of a document that are known without reading it, as bits. */
export const Flag = { gone: 1, entity: 2, deprecated: 4 } as const;

/** A source of documents. */
export interface StoredSource {
  readonly type: string;
  readonly id: string;
  readonly stamp: string | undefined;
  /** Number of its first document; the others follow. */
  readonly first: number;
  readonly count: number;
  readonly isGone: boolean;
}

/** A document to add. */
export interface StoredDocument {
  readonly document: SearchDocument;
  /** Number of its source. */
  readonly source: number;
  readonly flags: number;
  /** Number of words in its text. */
  readonly textLength: number;
  /** Length of its shortest name. */
  readonly nameLength: number;
  /** Numbers of its facet values. */
  readonly values: readonly number[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The maximum length of a name for ranking. */
const MAX_NAME_LENGTH = 255;
/** Maximum number of documents whose names are cached: a query mostly matches what it matched one letter ago. */
const MAX_NAMES = 1000;

/** Reads the parts of a stored index in order. */
export interface StoredParts {
  bytes(): Uint8Array;
  words(): Uint32Array;
}

/** Columns in the order in which they are stored. Columns of starts have one more entry, the end of the last. */
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
 * Documents of an index: each as bytes, which are decoded for display, and columns by document number for ranking.
 */
export class Documents {
  #columns: ReturnType<typeof columnsOf>;
  /** Used to order documents that are equal otherwise, and to rank the last candidates. */
  readonly titles: string[];
  /** By document number. */
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

  /** Columns in stored form. */
  get parts(): readonly (Uint8Array | Uint32Array)[] {
    return Object.values(this.#columns).map(({ used }) => used);
  }

  /** Number of documents including removed ones: document numbers are below this. */
  get size(): number {
    return this.#columns.flags.length;
  }

  get live(): number {
    return this.#live;
  }

  /** Average number of words in a text. */
  get averageLength(): number {
    return this.#live ? Math.max(1, this.#words / this.#live) : 1;
  }

  /** @returns the number of the document */
  add(stored: StoredDocument): number {
    const { document, ...row } = stored;
    const { text, title, ...record } = document;
    const { records, textStarts } = this.#columns;
    records.append(encoder.encode(JSON.stringify(record)));
    textStarts.push(records.length);
    if (text !== undefined) records.append(encoder.encode(text));
    const ref = document.ref === undefined ? 0 : hashOfRef(document.ref);
    return this.#push({ ...row, ref, title: compactString(title) });
  }

  /** Copies a document of another index. @param source - number of its source in this index */
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

  /** Adds a row for the last appended record. @returns the number of the document */
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

  /** Reads a document without its text. */
  readHead(number: number): SearchDocument {
    const start = this.#columns.recordStarts.data[number] ?? 0;
    const end = this.#columns.textStarts.data[number] ?? start;
    const record = decoder.decode(this.#columns.records.data.subarray(start, end));
    const rest = JSON.parse(record) as Omit<SearchDocument, 'title' | 'text'>;
    return { ...rest, title: this.titles[number] ?? '' };
  }

  /** Names of a document: title, names, and the ref if it is an entity. */
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

  /** Hash of the document's ref; 0 if it has none. */
  ref(number: number): number {
    return this.#columns.refs.data[number] ?? 0;
  }

  nameLength(number: number): number {
    return this.#columns.nameLengths.data[number] ?? 0;
  }

  textLength(number: number): number {
    return this.#columns.textLengths.data[number] ?? 0;
  }

  /** By document number, including removed documents. Replaced when documents are added. */
  get flags(): Uint8Array {
    return this.#columns.flags.data;
  }

  get textLengths(): Uint32Array {
    return this.#columns.textLengths.data;
  }

  valuesFrom(number: number): number {
    return this.#columns.valueStarts.data[number] ?? 0;
  }

  /** Numbers of facet values, concatenated for all documents. */
  get values(): Uint32Array {
    return this.#columns.values.data;
  }
}

/** Returns a hash of a ref, never 0. Collisions only affect ranking. */
export function hashOfRef(ref: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < ref.length; at++) hash = Math.imul(hash ^ ref.charCodeAt(at), 0x01000193);
  return hash >>> 0 || 1;
}
