import type { CatalogView } from '../catalogView';

interface CountRow {
  /** The relation of the entity that is counted for. */
  readonly type: string;
  readonly one: string;
  readonly many: string;
}

/** In the order in which they are told. */
const rows: readonly CountRow[] = [
  { type: 'apiConsumedBy', one: 'consumer', many: 'consumers' },
  { type: 'apiProvidedBy', one: 'provider', many: 'providers' },
  { type: 'providesApi', one: 'API', many: 'APIs' },
  { type: 'hasPart', one: 'part', many: 'parts' },
  { type: 'ownerOf', one: 'owned entity', many: 'owned entities' },
  { type: 'hasMember', one: 'member', many: 'members' },
  { type: 'parentOf', one: 'child group', many: 'child groups' },
];

/** Numbers of an entity's relations, such as `2 consumers` and `2 APIs`. Dependents are counted by `DependentsCounter`. */
export function relationCounts(ref: string, catalog: CatalogView): readonly string[] {
  const counts = new Map<string, number>();
  for (const { type } of catalog.relations(ref)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return rows.flatMap(({ type, one, many }) => {
    const count = counts.get(type);
    return count === undefined ? [] : [`${count} ${count === 1 ? one : many}`];
  });
}
