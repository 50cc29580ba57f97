import type { CatalogService } from '../../../api';
import { entityTitle, shortOwnerRef } from '../../../model/presentation';

/**
 * Whether something declares an entity. Asks for the place of it first, which is told without putting
 * the entity together.
 */
export function isInCatalog(ref: string, catalog: CatalogService): boolean {
  return catalog.getEntitySource(ref) !== undefined || catalog.getEntityByRef(ref) !== undefined;
}

/** Title of an entity, or its shortened ref where the catalog doesn't have it. */
export function titleOfRef(ref: string, catalog: CatalogService): string {
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : shortOwnerRef(ref);
}
