import type { FilterField } from '../../types';
import { Documents, type StoredParts, type StoredSource } from '../documents';
import { FacetValues } from '../facetValues';
import { TermDictionary } from '../terms/termDictionary';
import { Postings, type PostingsData } from './postings';
import type { IndexState } from './writer';

const WORD = 4;

type Part = Uint8Array | Uint32Array;

const encoder = new TextEncoder();

/** Encodes a compacted index. */
export function encodeState({
  dictionary,
  head,
  text,
  documents,
  facetValues,
  sources,
}: IndexState): Uint8Array {
  const { titles } = documents;
  const tables: Tables = {
    sources: sources.map(({ type, id, stamp, count }) => [type, id, stamp ?? null, count]),
    values: facetValues.values.map(({ field, value }) => [field, value]),
  };
  return joined([
    encoder.encode(JSON.stringify(tables)),
    encoder.encode(JSON.stringify(titles)),
    encoder.encode(dictionary.terms.join('\n')),
    ...postingsParts(head.frozen()),
    ...postingsParts(text.frozen()),
    ...documents.parts,
  ]);
}

/**
 * Decodes an index that this version encoded. The caller guarantees integrity.
 *
 * @returns undefined if the bytes are no index
 */
export function decodeState(bytes: Uint8Array): IndexState | undefined {
  try {
    return stateOf(new Parts(bytes));
  } catch {
    // Not an index.
    return undefined;
  }
}

function stateOf(parts: Parts): IndexState {
  const tables = JSON.parse(parts.text()) as Tables;
  const titles = JSON.parse(parts.text()) as string[];
  const joinedTerms = parts.text();
  const terms = joinedTerms ? joinedTerms.split('\n') : [];
  const head = readPostings(parts);
  const text = readPostings(parts);
  const documents = new Documents(parts, titles);
  const sources: StoredSource[] = [];
  let first = 0;
  for (const [type, id, stamp, count] of tables.sources) {
    sources.push({ type, id, stamp: stamp ?? undefined, first, count, isGone: false });
    first += count;
  }
  return {
    dictionary: new TermDictionary(terms),
    head: new Postings(head),
    text: new Postings(text),
    documents,
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

interface Tables {
  readonly sources: readonly (readonly [string, string, string | null, number])[];
  readonly values: readonly (readonly [FilterField, string])[];
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

/** Concatenates parts, each with its length in front, aligned to four bytes. */
function joined(parts: readonly Part[]): Uint8Array {
  const sizes = parts.map(({ byteLength }) => WORD + Math.ceil(byteLength / WORD) * WORD);
  const body = sizes.reduce((sum, size) => sum + size, 0);
  const bytes = new Uint8Array(body);
  const words = new Uint32Array(bytes.buffer);
  let at = 0;
  for (const [index, part] of parts.entries()) {
    words[at / WORD] = part.byteLength;
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at + WORD);
    at += sizes[index] ?? 0;
  }
  return bytes;
}

class Parts implements StoredParts {
  #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    // Copied, because parts refer to the memory, and the given bytes may be unaligned or part of a larger buffer.
    this.#bytes = new Uint8Array(bytes);
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
    if (this.#at > this.#bytes.length)
      throw new RangeError('A part ends after the end of the data.');
    return [start, length];
  }
}
