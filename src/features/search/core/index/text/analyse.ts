import type { SearchDocument } from '../../../../../api';
import { termOfRef } from '../plan';
import { Field } from '../storage/postings';
import { squeezed, type Token, tokenize } from './tokenize';

/** Occurrences of a term in a document. */
export interface Occurrences {
  fields: number;
  /** In ascending order. */
  readonly positions: number[];
}

/** Terms of a document, as indexed. */
export interface AnalysedDocument {
  /** By term: occurrences in names, title, keywords and path. */
  readonly head: ReadonlyMap<string, Occurrences>;
  readonly text: ReadonlyMap<string, Occurrences>;
  readonly textLength: number;
  readonly nameLength: number;
  /** Whether the document is an entity rather than something that belongs to one. */
  readonly isEntity: boolean;
}

/** Number of characters of a text that are indexed. */
export const MAX_TEXT = 200_000;
/** Number of characters of a title or name that are kept: each query that matches reads all of them. */
const MAX_NAME = 1000;
const MAX_NAMES = 200;
/** Position gap between values, so that phrases don't match across them. */
const GAP = 2;

/** In the order in which word positions are assigned. */
const HEAD_FIELDS: readonly {
  readonly field: number;
  readonly valuesOf: (document: SearchDocument) => readonly string[];
}[] = [
  { field: Field.title, valuesOf: ({ title }) => [title] },
  { field: Field.names, valuesOf: ({ names = [] }) => names },
  { field: Field.keywords, valuesOf: ({ keywords = [] }) => keywords },
  { field: Field.path, valuesOf: ({ path = [] }) => path },
];

/** Truncates the title and names of a document to reasonable lengths. */
export function bounded(document: SearchDocument): SearchDocument {
  const { title, names = [] } = document;
  const isShort = ({ length }: string): boolean => length <= MAX_NAME;
  if (isShort(title) && names.length <= MAX_NAMES && names.every(isShort)) return document;
  const [own = '', ...others] = [title, ...names.slice(0, MAX_NAMES)].map(name =>
    name.slice(0, MAX_NAME),
  );
  return { ...document, title: own, names: others };
}

export function analyse(document: SearchDocument): AnalysedDocument {
  const head = new Map<string, Occurrences>();
  let position = 0;
  for (const { field, valuesOf } of HEAD_FIELDS) {
    for (const value of valuesOf(document)) {
      const tokens = tokenize(value.slice(0, MAX_TEXT), 'name', position);
      addTokens(head, tokens, field);
      position = endOf(tokens, position) + GAP;
    }
  }
  const isEntity = document.isEntity === true;
  if (isEntity && document.ref !== undefined) {
    head.set(termOfRef(document.ref), { fields: Field.names, positions: [position] });
  }
  const text = new Map<string, Occurrences>();
  const words = tokenize((document.text ?? '').slice(0, MAX_TEXT), 'text');
  addTokens(text, words, Field.text);
  return {
    head,
    text,
    textLength: endOf(words, 0),
    nameLength: Math.min(...namesOf(document).map(name => squeezed(name).length || 255)),
    isEntity,
  };
}

/** Names of a document; the title first. */
export function namesOf({ title, names = [] }: SearchDocument): readonly string[] {
  return [title, ...names];
}

function addTokens(
  occurrences: Map<string, Occurrences>,
  tokens: readonly Token[],
  field: number,
): void {
  for (const { term, position, parts } of tokens) {
    let known = occurrences.get(term);
    if (!known) occurrences.set(term, (known = { fields: 0, positions: [] }));
    known.fields |= field;
    known.positions.push(position);
    // Marks the last part too, so that the following word counts as adjacent.
    if (parts > 1) known.positions.push(position + parts - 1);
  }
}

function endOf(tokens: readonly Token[], start: number): number {
  let end = start;
  for (const { position, parts } of tokens) end = Math.max(end, position + parts);
  return end;
}
