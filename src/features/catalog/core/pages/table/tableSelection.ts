import type { CatalogCondition, CatalogQuery, MissingTargets } from '../../../../../api';
import { type Entity, parseEntityRef } from '../../../../../model';
import {
  matchesPredicate,
  type PredicateTerm,
  splitPredicates,
} from '../../../../../model/predicates';
import { canHaveOwner, isDocumented, isOwned } from '../../../../../model/presentation';
import type { TableEntry } from './tableEntry';
import type { LabelOf } from './tableOrder';

/** Facets in display order. */
export const facetIds = ['type', 'lifecycle', 'owner', 'system', 'tag', 'namespace'] as const;
export type FacetId = (typeof facetIds)[number];

const values: Readonly<Record<FacetId, (entry: TableEntry) => readonly string[]>> = {
  type: ({ type }) => optional(type),
  lifecycle: ({ lifecycle }) => optional(lifecycle),
  owner: ({ owners }) => owners,
  system: ({ system }) => optional(system),
  tag: ({ tags }) => tags,
  namespace: ({ namespace }) => [namespace],
};

export const conditionIds: readonly CatalogCondition[] = [
  'owned',
  'starred',
  'withoutDocs',
  'withProblems',
  'withoutOwner',
];

/** Data of the user and the catalog for filters. */
export interface SelectionContext {
  readonly missing: MissingTargets;
  readonly ownershipRefs: readonly string[];
  readonly isStarred: (ref: string) => boolean;
  readonly labelOf: LabelOf;
  readonly entityOf: (ref: string) => Entity | undefined;
}

export interface CountedValue {
  /** The first of its spellings (by code units). */
  readonly label: string;
  readonly count: number;
}

export interface TableSelection {
  readonly rows: readonly TableEntry[];
  /** Number of rows by lowercase kind, ignoring the filters of the current kind. */
  readonly kinds: ReadonlyMap<string, CountedValue>;
  /** Number of rows that fulfill each condition. */
  readonly conditions: Readonly<Record<CatalogCondition, number>>;
  /** Number of rows if only this value were selected, by facet and lowercase value. */
  readonly facets: Readonly<Record<FacetId, ReadonlyMap<string, CountedValue>>>;
  /** Reason why a predicate in the text is invalid. Such predicates are ignored. */
  readonly textError?: string | undefined;
}

const KIND = 1;
const bits = Object.fromEntries(facetIds.map((id, index) => [id, 2 << index])) as Readonly<
  Record<FacetId, number>
>;
/** Filters that depend on the kind and are reset when it changes. */
const OF_KIND = KIND | bits.type | bits.lifecycle;

/** Selects the rows of a query and counts rows for other filters, in one pass. */
export function* selectRows(
  rows: readonly TableEntry[],
  query: CatalogQuery,
  context: SelectionContext,
): Generator<void, TableSelection> {
  const { rest, terms } = splitPredicates(query.text ?? '');
  const matchesText = textTest(rest, context.labelOf);
  const matchesAll = predicatesTest(terms, context);
  const conditions = conditionTests(context);
  const wanted = (query.only ?? []).map(id => conditions[id]);
  const failedBits = facetTests(query);
  const counter = new Counter(conditions);
  const selected: TableEntry[] = [];
  for (const entry of rows) {
    yield;
    const failed = failedBits(entry);
    // Most rows end here.
    if (isHopeless(failed) || !wanted.every(test => test(entry)) || !matchesText(entry)) continue;
    if (!matchesAll(entry)) continue;
    counter.add(entry, failed);
    if (failed === 0) selected.push(entry);
  }
  const textError = terms.map(({ predicate }) => (predicate.ok ? undefined : predicate.error));
  return { rows: selected, ...counter.counts, textError: textError.find(Boolean) };
}

/** Whether a row isn't counted: not even with one filter less. */
function isHopeless(failed: number): boolean {
  const isSingle = (failed & (failed - 1)) === 0;
  return !isSingle && (failed & ~OF_KIND) !== 0;
}

class Counter {
  #tests: Readonly<Record<CatalogCondition, (entry: TableEntry) => boolean>>;
  #kinds = new Map<string, CountedValue>();
  #conditions: Record<CatalogCondition, number> = {
    owned: 0,
    starred: 0,
    withoutDocs: 0,
    withProblems: 0,
    withoutOwner: 0,
  };
  #facets: Record<FacetId, Map<string, CountedValue>> = {
    type: new Map(),
    lifecycle: new Map(),
    owner: new Map(),
    system: new Map(),
    tag: new Map(),
    namespace: new Map(),
  };

  constructor(tests: Readonly<Record<CatalogCondition, (entry: TableEntry) => boolean>>) {
    this.#tests = tests;
  }

  get counts(): Omit<TableSelection, 'rows' | 'textError'> {
    return { kinds: this.#kinds, conditions: this.#conditions, facets: this.#facets };
  }

  add(entry: TableEntry, failed: number): void {
    if ((failed & ~OF_KIND) === 0) count(this.#kinds, entry.kind);
    for (const id of facetIds) {
      if ((failed & ~bits[id]) !== 0) continue;
      for (const value of distinct(values[id](entry))) count(this.#facets[id], value);
    }
    if (failed !== 0) return;
    for (const id of conditionIds) if (this.#tests[id](entry)) this.#conditions[id]++;
  }
}

/** Removes duplicates that differ only in case, such as tags. */
function distinct(written: readonly string[]): readonly string[] {
  if (written.length < 2) return written;
  const sorted = [...written].sort();
  const keys = sorted.map(lowerCased);
  return sorted.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function count(counts: Map<string, CountedValue>, value: string): void {
  const key = value.toLowerCase();
  const known = counts.get(key);
  // The chosen spelling must not depend on the order of rows.
  const label = known && known.label <= value ? known.label : value;
  counts.set(key, { label, count: (known?.count ?? 0) + 1 });
}

function facetTests({ kind, facets = {} }: CatalogQuery): (entry: TableEntry) => number {
  const tests = facetIds.flatMap(id => {
    const wanted = Object.hasOwn(facets, id) ? (facets[id] ?? []) : [];
    if (!wanted.length) return [];
    return { bit: bits[id], of: values[id], wanted: new Set(wanted.map(lowerCased)) };
  });
  const wantedKind = kind?.toLowerCase();
  return entry => {
    let failed = wantedKind === undefined || entry.kindKey === wantedKind ? 0 : KIND;
    for (const { bit, of, wanted } of tests) {
      if (!of(entry).some(value => wanted.has(value.toLowerCase()))) failed |= bit;
    }
    return failed;
  };
}

function conditionTests({
  ownershipRefs,
  isStarred,
  missing,
}: SelectionContext): Readonly<Record<CatalogCondition, (entry: TableEntry) => boolean>> {
  const mine = new Set(ownershipRefs);
  return {
    owned: ({ owners }) => owners.some(ref => mine.has(ref)),
    starred: ({ ref }) => isStarred(ref),
    withoutDocs: ({ ref, namesDocs }) => !isDocumented(ref, namesDocs, missing.docs),
    withProblems: ({ problems }) => problems > 0,
    withoutOwner: ({ ref, owners, kindKey }) =>
      canHaveOwner(kindKey) && !isOwned(ref, owners, missing.owner),
  };
}

function predicatesTest(
  terms: readonly PredicateTerm[],
  { entityOf }: SelectionContext,
): (entry: TableEntry) => boolean {
  const tests = terms.flatMap(({ predicate, isExcluded }) =>
    predicate.ok ? [{ predicate: predicate.value, isExcluded }] : [],
  );
  return ({ ref }) => {
    if (tests.length === 0) return true;
    const entity = entityOf(ref);
    return tests.every(
      ({ predicate, isExcluded }) =>
        entity !== undefined && matchesPredicate(predicate, entity) !== isExcluded,
    );
  };
}

/** Tests words against the row's text and the titles of its owners and system. */
function textTest(written: string, labelOf: LabelOf): (entry: TableEntry) => boolean {
  const words = written.toLowerCase().split(/\s+/).filter(Boolean);
  const labels = new Map<string, string>();
  const lowerLabel = (ref: string): string => {
    let label = labels.get(ref);
    if (label === undefined) {
      label = `${labelOf(ref)}\n${parseEntityRef(ref).name}`.toLowerCase();
      labels.set(ref, label);
    }
    return label;
  };
  return ({ text, owners, system }) =>
    words.every(
      word =>
        text.includes(word) ||
        owners.some(ref => lowerLabel(ref).includes(word)) ||
        (system !== undefined && lowerLabel(system).includes(word)),
    );
}

function lowerCased(value: string): string {
  return value.toLowerCase();
}

function optional(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
