import type { CatalogService } from '../../../api';

/** Targets of one type of relation of a ref, of one kind (lower-cased). */
export function related(
  catalog: CatalogService,
  ref: string,
  { type, kind }: { readonly type: string; readonly kind: string },
): readonly string[] {
  return catalog
    .getRelations(ref)
    .flatMap(relation =>
      relation.type === type && relation.targetRef.startsWith(`${kind}:`)
        ? [relation.targetRef]
        : [],
    );
}

/** A group and all below it, the nearest first; groups may contain each other in a circle. */
export function withSubgroups(catalog: CatalogService, groupRef: string): readonly string[] {
  // A set is walked in the order of insertion, what is added on the way included.
  const groups = new Set([groupRef]);
  for (const group of groups) {
    for (const child of related(catalog, group, { type: 'parentOf', kind: 'group' })) {
      groups.add(child);
    }
  }
  return [...groups];
}

/** The members of some groups, each once. */
export function membersOf(catalog: CatalogService, groups: readonly string[]): readonly string[] {
  return [
    ...new Set(
      groups.flatMap(group => related(catalog, group, { type: 'hasMember', kind: 'user' })),
    ),
  ];
}
