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

export interface DocumentsData {
  readonly records: Uint8Array;
  readonly recordStarts: Uint32Array;
  readonly textStarts: Uint32Array;
  readonly sources: Uint32Array;
  readonly refs: Uint32Array;
  readonly flags: Uint8Array;
  readonly nameLengths: Uint8Array;
  readonly textLengths: Uint32Array;
  readonly values: Uint32Array;
  readonly valueStarts: Uint32Array;
}

/**
 * What is kept of documents: each as bytes, read again where it is shown, and beside them, by the number of the
 * document, what ranking looks at for all that match.
 */
export class Documents {
  #records: Growing<Uint8Array>;
  #recordStarts: Growing<Uint32Array>;
  #textStarts: Growing<Uint32Array>;
  #sources: Growing<Uint32Array>;
  #refs: Growing<Uint32Array>;
  #flags: Growing<Uint8Array>;
  #nameLengths: Growing<Uint8Array>;
  #textLengths: Growing<Uint32Array>;
  #values: Growing<Uint32Array>;
  #valueStarts: Growing<Uint32Array>;
  /** Compared where nothing else tells two documents apart, and what the last candidates are ranked by. */
  readonly titles: string[];
  /** By number of the document. */
  #names = new Map<number, readonly string[]>();
  #live = 0;
  #words = 0;

  constructor(data?: DocumentsData, titles: string[] = []) {
    this.#records = Growing.bytes(data?.records);
    this.#recordStarts = Growing.words(data?.recordStarts ?? new Uint32Array(1));
    this.#textStarts = Growing.words(data?.textStarts);
    this.#sources = Growing.words(data?.sources);
    this.#refs = Growing.words(data?.refs);
    this.#flags = Growing.bytes(data?.flags);
    this.#nameLengths = Growing.bytes(data?.nameLengths);
    this.#textLengths = Growing.words(data?.textLengths);
    this.#values = Growing.words(data?.values);
    this.#valueStarts = Growing.words(data?.valueStarts ?? new Uint32Array(1));
    this.titles = titles;
    for (let number = 0; number < this.size; number++) {
      if (this.isGone(number)) continue;
      this.#live++;
      this.#words += this.textLength(number);
    }
  }

  get data(): DocumentsData {
    return {
      records: this.#records.used,
      recordStarts: this.#recordStarts.used,
      textStarts: this.#textStarts.used,
      sources: this.#sources.used,
      refs: this.#refs.used,
      flags: this.#flags.used,
      nameLengths: this.#nameLengths.used,
      textLengths: this.#textLengths.used,
      values: this.#values.used,
      valueStarts: this.#valueStarts.used,
    };
  }

  /** With those that are gone: numbers are below this. */
  get size(): number {
    return this.#flags.length;
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
    const { document, source, flags, textLength, nameLength, values } = stored;
    const { text, title, ...record } = document;
    this.#records.append(encoder.encode(JSON.stringify(record)));
    this.#textStarts.push(this.#records.length);
    if (text !== undefined) this.#records.append(encoder.encode(text));
    this.#recordStarts.push(this.#records.length);
    this.titles.push(ownText(title));
    this.#sources.push(source);
    this.#refs.push(document.ref === undefined ? 0 : hashOfRef(document.ref));
    this.#flags.push(flags);
    this.#nameLengths.push(Math.min(nameLength, MAX_NAME_LENGTH));
    this.#textLengths.push(textLength);
    for (const value of values) this.#values.push(value);
    this.#valueStarts.push(this.#values.length);
    this.#live++;
    this.#words += textLength;
    return this.size - 1;
  }

  /** Of one that is copied from elsewhere. */
  copy(from: Documents, number: number, source: number, values: readonly number[]): void {
    const start = from.#recordStarts.data[number] ?? 0;
    const end = from.#recordStarts.data[number + 1] ?? start;
    const textLength = (from.#textStarts.data[number] ?? end) - start;
    this.#textStarts.push(this.#records.length + textLength);
    this.#records.append(from.#records.data.subarray(start, end));
    this.#recordStarts.push(this.#records.length);
    this.titles.push(from.titles[number] ?? '');
    this.#sources.push(source);
    this.#refs.push(from.ref(number));
    this.#flags.push(from.#flags.data[number] ?? 0);
    this.#nameLengths.push(from.nameLength(number));
    this.#textLengths.push(from.textLength(number));
    for (const value of values) this.#values.push(value);
    this.#valueStarts.push(this.#values.length);
    this.#live++;
    this.#words += from.textLength(number);
  }

  remove(number: number): void {
    if (this.isGone(number)) return;
    this.#flags.data[number] = (this.#flags.data[number] ?? 0) | Flag.gone;
    this.#live--;
    this.#words -= this.textLength(number);
  }

  read(number: number): SearchDocument {
    const text = this.text(number);
    return { ...this.readHead(number), ...(text !== undefined && { text }) };
  }

  /** All but its text. */
  readHead(number: number): SearchDocument {
    const start = this.#recordStarts.data[number] ?? 0;
    const end = this.#textStarts.data[number] ?? start;
    const record = decoder.decode(this.#records.data.subarray(start, end));
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
    const start = this.#textStarts.data[number] ?? 0;
    const end = this.#recordStarts.data[number + 1] ?? start;
    return end > start ? decoder.decode(this.#records.data.subarray(start, end)) : undefined;
  }

  isGone(number: number): boolean {
    return this.has(number, Flag.gone);
  }

  has(number: number, flag: number): boolean {
    return ((this.#flags.data[number] ?? Flag.gone) & flag) !== 0;
  }

  source(number: number): number {
    return this.#sources.data[number] ?? 0;
  }

  /** The hash of its ref; 0: it has none. */
  ref(number: number): number {
    return this.#refs.data[number] ?? 0;
  }

  nameLength(number: number): number {
    return this.#nameLengths.data[number] ?? 0;
  }

  textLength(number: number): number {
    return this.#textLengths.data[number] ?? 0;
  }

  /** By number of the document, of those there are now; with those that are gone. */
  get flags(): Uint8Array {
    return this.#flags.data;
  }

  get textLengths(): Uint32Array {
    return this.#textLengths.data;
  }

  valuesFrom(number: number): number {
    return this.#valueStarts.data[number] ?? 0;
  }

  /** Numbers of values of facets, one document's behind the other's. */
  get values(): Uint32Array {
    return this.#values.data;
  }
}

/** Refs are compared by this where a wrong answer is a better place in a list; never 0. */
export function hashOfRef(ref: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < ref.length; at++) hash = Math.imul(hash ^ ref.charCodeAt(at), 0x01000193);
  return hash >>> 0 || 1;
}
