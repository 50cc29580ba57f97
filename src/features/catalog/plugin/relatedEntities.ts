import type { CatalogService } from '../../../api';

/**
 * Whether something declares an entity. Asks for the place of it first, which is told without putting
 * the entity together.
 */
export function isInCatalog(ref: string, catalog: CatalogService): boolean {
  return catalog.getEntitySource(ref) !== undefined || catalog.getEntityByRef(ref) !== undefined;
}
