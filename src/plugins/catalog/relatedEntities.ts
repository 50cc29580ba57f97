import type { Translate } from '../../base';
import type { CatalogService } from '../../api';
import { compareRelationTypes, isIncomingRelation, relationLabel } from '../../model/presentation';

/** One relation of an entity with its targets, for pickers. */
export interface RelatedEntities {
  readonly relation: string;
  readonly label: string;
  readonly refs: readonly string[];
}

/**
 * Whether something declares an entity. Asks for the place of it first, which is told without putting
 * the entity together.
 */
export function isInCatalog(ref: string, catalog: CatalogService): boolean {
  return catalog.getEntitySource(ref) !== undefined || catalog.getEntityByRef(ref) !== undefined;
}

/** What points to an entity, by relation, in the order of the tree. */
export function dependentsOf(
  catalog: CatalogService,
  ref: string,
  translate: Translate,
): readonly RelatedEntities[] {
  const byType = new Map<string, string[]>();
  for (const { type, targetRef } of catalog.getRelations(ref)) {
    if (!isIncomingRelation(type)) continue;
    const refs = byType.get(type);
    if (refs) refs.push(targetRef);
    else byType.set(type, [targetRef]);
  }
  return [...byType.keys()].sort(compareRelationTypes).map(relation => ({
    relation,
    label: relationLabel(relation, translate),
    refs: byType.get(relation) ?? [],
  }));
}
