import type { CatalogQuery } from '../../../../../api';
import { getOrInsert, ownValue } from '../../../../../base';
import { shortenEntityRef } from '../../../../../model';
import { sortStepwise } from '../../../../../platform/core';
import type { TableEntry } from './tableEntry';
import { compareKeys, type TableSnapshot } from './tableIndex';

/** Sort keys by column; empty for cells without a value. */
const keys: Readonly<Record<string, (entry: TableEntry, labelOf: LabelOf) => string>> = {
  name: ({ title }) => title,
  kind: ({ kindKey }) => kindKey,
  namespace: ({ namespace }) => namespace,
  type: ({ type = '' }) => type,
  lifecycle: ({ lifecycle = '' }) => lifecycle,
  description: ({ description = '' }) => description,
  tags: ({ tags }) => tags.join(', '),
  problems: ({ problems }) => `${problems}`,
  providers: ({ providers }) => `${providers ?? ''}`,
  consumers: ({ consumers }) => `${consumers ?? ''}`,
  owner: ({ owners }, labelOf) => owners.map(labelOf).join(', '),
  system: ({ system }, labelOf) => (system === undefined ? '' : labelOf(system)),
};

/** Returns the title of an entity, whether or not it exists. */
export type LabelOf = (ref: string) => string;

export function labelsOf({ byRef }: Pick<TableSnapshot, 'byRef'>): LabelOf {
  return ref => byRef.get(ref)?.title ?? shortenEntityRef(ref, {});
}

/**
 * Sorts rows by a column. Rows with equal values are sorted by title; rows without a value are last
 * in both directions. An unknown column sorts by name.
 *
 * @param otherKeyOf - sort keys of a column that isn't built in
 */
export function* orderRows(
  snapshot: TableSnapshot,
  { column, descending = false }: NonNullable<CatalogQuery['sort']>,
  otherKeyOf?: (entry: TableEntry) => string,
): Generator<void, readonly TableEntry[]> {
  const keyOf = ownValue(keys, column) ?? otherKeyOf;
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
  // The rows are already sorted by title.
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
