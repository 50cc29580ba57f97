import type { CatalogQuery } from '../../../../../api';
import { getOrInsert, ownValue } from '../../../../../base';
import { shortenEntityRef } from '../../../../../model';
import { sortStepwise } from '../../../../../platform/core';
import type { TableEntry } from './tableEntry';
import { compareKeys, type TableSnapshot } from './tableIndex';

/** By column, what its cells are ordered by; the empty text where there is nothing. */
const keys: Readonly<Record<string, (entry: TableEntry, labelOf: LabelOf) => string>> = {
  name: ({ title }) => title,
  kind: ({ kindKey }) => kindKey,
  namespace: ({ namespace }) => namespace,
  type: ({ type = '' }) => type,
  lifecycle: ({ lifecycle = '' }) => lifecycle,
  description: ({ description = '' }) => description,
  tags: ({ tags }) => tags.join(', '),
  problems: ({ problems }) => `${problems}`,
  owner: ({ owners }, labelOf) => owners.map(labelOf).join(', '),
  system: ({ system }, labelOf) => (system === undefined ? '' : labelOf(system)),
};

/** What an entity is called, be it there or not. */
export type LabelOf = (ref: string) => string;

export function labelsOf({ byRef }: Pick<TableSnapshot, 'byRef'>): LabelOf {
  return ref => byRef.get(ref)?.title ?? shortenEntityRef(ref, {});
}

/**
 * The rows in the order of a column. Rows that are equal in it keep the order of their titles, and those with
 * nothing in it come last, whichever way it is sorted. A column that nobody knows is taken for the name.
 */
export function* orderRows(
  snapshot: TableSnapshot,
  { column, descending = false }: NonNullable<CatalogQuery['sort']>,
): Generator<void, readonly TableEntry[]> {
  const keyOf = ownValue(keys, column);
  if (!descending && (!keyOf || column === 'name')) return snapshot.rows;
  const labelOf = labelsOf(snapshot);
  const groups = new Map<string, TableEntry[]>();
  for (const entry of snapshot.rows) {
    const key = (keyOf ?? (({ title }) => title))(entry, labelOf).toLowerCase();
    getOrInsert(groups, key, () => []).push(entry);
    yield;
  }
  const without = groups.get('') ?? [];
  groups.delete('');
  const distinct = [...groups.keys()];
  // The rows come in the order of their titles already.
  const isSorted = !keyOf || column === 'name';
  const sorted = isSorted ? distinct : yield* sortStepwise(distinct, compareKeys);
  const ordered: TableEntry[] = [];
  for (const key of descending ? [...sorted].reverse() : sorted) {
    for (const entry of groups.get(key) ?? []) ordered.push(entry);
    yield;
  }
  for (const entry of without) ordered.push(entry);
  return ordered;
}
