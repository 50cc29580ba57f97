import { isRecord } from '../../../../../base';
import type { FilterField } from '../../types';
import { Documents, type DocumentsData, type StoredSource } from '../documents';
import { FacetValues, FILTER_FIELDS } from '../facetValues';
import { TermDictionary } from '../terms/termDictionary';
import { Postings, type PostingsData } from './postings';
import type { IndexState } from './state';

/** Changes with what is written, and with how texts are taken apart. */
const VERSION = 2;
const MAGIC = 0x43425331;
/** In words of four bytes: what it is, the version, a checksum, and how long the parts are together. */
const HEADER = 4;
const WORD = 4;

type Part = Uint8Array | Uint32Array;

const encoder = new TextEncoder();

/** Of one that is compacted. */
export function encodeState({
  dictionary,
  head,
  text,
  documents,
  facetValues,
  sources,
}: IndexState): Uint8Array {
  const { titles } = documents;
  const json = {
    sources: sources.map(({ type, id, stamp, count }) => [type, id, stamp, count]),
    values: facetValues.values.map(({ field, value }) => [field, value]),
  };
  return joined([
    encoder.encode(JSON.stringify(json)),
    encoder.encode(JSON.stringify(titles)),
    encoder.encode(dictionary.terms.join('\n')),
    ...postingsParts(head.frozen()),
    ...postingsParts(text.frozen()),
    ...documentsParts(documents.data),
  ]);
}

/** @returns undefined for what was not written by this version, or is not whole */
export function decodeState(bytes: Uint8Array): IndexState | undefined {
  try {
    const parts = split(bytes);
    return parts && stateOf(parts);
  } catch {
    // What the checksum has let through is not what was written either.
    return undefined;
  }
}

function stateOf(parts: Parts): IndexState | undefined {
  const tables: unknown = JSON.parse(parts.text());
  const titles: unknown = JSON.parse(parts.text());
  const joinedTerms = parts.text();
  const terms = joinedTerms ? joinedTerms.split('\n') : [];
  const head = readPostings(parts);
  const text = readPostings(parts);
  const documents = readDocuments(parts);
  if (!isRecord(tables) || !isTexts(titles) || !areTables(tables)) return undefined;
  const sources: StoredSource[] = [];
  let first = 0;
  for (const [type, id, stamp, count] of tables.sources) {
    sources.push({ type, id, stamp: stamp ?? undefined, first, count, isGone: false });
    first += count;
  }
  const size = documents.flags.length;
  const isWhole =
    first === size &&
    titles.length === size &&
    fits(head, terms.length) &&
    fits(text, terms.length) &&
    isInOrder(documents, size, tables.values.length, sources.length);
  if (!isWhole) return undefined;
  return {
    dictionary: new TermDictionary(terms),
    head: new Postings(head),
    text: new Postings(text),
    documents: new Documents(documents, titles),
    facetValues: countedValues(tables.values, documents.values),
    sources,
  };
}

function postingsParts({ pool, starts, lastDocuments }: PostingsData): readonly Part[] {
  return [pool, starts, lastDocuments];
}

function readPostings(parts: Parts): PostingsData {
  return { pool: parts.bytes(), starts: parts.words(), lastDocuments: parts.words() };
}

function documentsParts(data: DocumentsData): readonly Part[] {
  return [
    data.records,
    data.recordStarts,
    data.textStarts,
    data.sources,
    data.refs,
    data.flags,
    data.nameLengths,
    data.textLengths,
    data.values,
    data.valueStarts,
  ];
}

function readDocuments(parts: Parts): DocumentsData {
  return {
    records: parts.bytes(),
    recordStarts: parts.words(),
    textStarts: parts.words(),
    sources: parts.words(),
    refs: parts.words(),
    flags: parts.bytes(),
    nameLengths: parts.bytes(),
    textLengths: parts.words(),
    values: parts.words(),
    valueStarts: parts.words(),
  };
}

interface Tables {
  readonly sources: readonly (readonly [string, string, string | null, number])[];
  readonly values: readonly (readonly [FilterField, string])[];
}

function areTables(tables: Record<string, unknown>): tables is Record<string, unknown> & Tables {
  const { sources, values } = tables;
  return (
    Array.isArray(sources) &&
    sources.every(
      (row: unknown) =>
        Array.isArray(row) &&
        typeof row[0] === 'string' &&
        typeof row[1] === 'string' &&
        (row[2] === null || typeof row[2] === 'string') &&
        Number.isSafeInteger(row[3]) &&
        row[3] >= 0,
    ) &&
    Array.isArray(values) &&
    values.every(
      (row: unknown) =>
        Array.isArray(row) &&
        FILTER_FIELDS.some(field => field === row[0]) &&
        typeof row[1] === 'string',
    )
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(text => typeof text === 'string');
}

function fits({ pool, starts, lastDocuments }: PostingsData, terms: number): boolean {
  return (
    starts.length === terms + 1 && lastDocuments.length === terms && isRising(starts, pool.length)
  );
}

function isInOrder(data: DocumentsData, size: number, values: number, sources: number): boolean {
  const { records, recordStarts, textStarts, valueStarts } = data;
  const perDocument = [
    data.textStarts,
    data.sources,
    data.refs,
    data.nameLengths,
    data.textLengths,
  ];
  return (
    perDocument.every(({ length }) => length === size) &&
    recordStarts.length === size + 1 &&
    valueStarts.length === size + 1 &&
    isRising(recordStarts, records.length) &&
    isRising(valueStarts, data.values.length) &&
    textStarts.every(
      (at, document) =>
        at >= (recordStarts[document] ?? 0) && at <= (recordStarts[document + 1] ?? 0),
    ) &&
    data.values.every(value => value < values) &&
    data.sources.every(source => source < sources)
  );
}

/** From 0 up to an end. */
function isRising(starts: Uint32Array, end: number): boolean {
  let before = 0;
  for (const start of starts) {
    if (start < before) return false;
    before = start;
  }
  return starts[0] === 0 && before === end;
}

function countedValues(rows: Tables['values'], used: Uint32Array): FacetValues {
  const values = new FacetValues();
  for (const [field, value] of rows) values.remove(values.add(field, value));
  for (const number of used) {
    const entry = values.values[number];
    if (entry) entry.count++;
  }
  return values;
}

/** One after the other, each with its length in front, at places that are multiples of four. */
function joined(parts: readonly Part[]): Uint8Array {
  const sizes = parts.map(({ byteLength }) => WORD + Math.ceil(byteLength / WORD) * WORD);
  const body = sizes.reduce((sum, size) => sum + size, 0);
  const bytes = new Uint8Array(HEADER * WORD + body);
  const words = new Uint32Array(bytes.buffer);
  let at = HEADER * WORD;
  for (const [index, part] of parts.entries()) {
    words[at / WORD] = part.byteLength;
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at + WORD);
    at += sizes[index] ?? 0;
  }
  words.set([MAGIC, VERSION, checksum(words), body]);
  return bytes;
}

function split(bytes: Uint8Array): Parts | undefined {
  if (bytes.length < HEADER * WORD || bytes.length % WORD !== 0) return undefined;
  // In memory of its own: parts are used as they are, and what was handed in may be larger, or not begin at a word.
  const own = bytes.slice();
  const words = new Uint32Array(own.buffer);
  const [magic, version, sum, body] = words;
  const isWhole =
    magic === MAGIC &&
    version === VERSION &&
    body === own.length - HEADER * WORD &&
    sum === checksum(words);
  return isWhole ? new Parts(own) : undefined;
}

/** Of all behind the header. */
function checksum(words: Uint32Array): number {
  let a = 1;
  let b = 0;
  for (let at = HEADER; at < words.length; at++) {
    a = Math.imul(a ^ (words[at] ?? 0), 0x9e3779b1);
    a ^= a >>> 15;
    b = (b + a) | 0;
  }
  return (a ^ b) >>> 0;
}

class Parts {
  #bytes: Uint8Array;
  #at = HEADER * WORD;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bytes(): Uint8Array {
    const [start, length] = this.#next();
    return this.#bytes.subarray(start, start + length);
  }

  words(): Uint32Array {
    const [start, length] = this.#next();
    return new Uint32Array(this.#bytes.buffer, start, length / WORD);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  #next(): readonly [start: number, length: number] {
    const start = this.#at + WORD;
    const [length = 0] = new Uint32Array(this.#bytes.buffer, this.#at, 1);
    this.#at = start + Math.ceil(length / WORD) * WORD;
    if (this.#at > this.#bytes.length) throw new RangeError('A part ends behind the end.');
    return [start, length];
  }
}
