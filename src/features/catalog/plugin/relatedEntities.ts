import { type CatalogService, entityTitle, shortOwnerRef } from '../../../api';

/** Whether an entity exists. Checks its place first, because that doesn't assemble the entity. */
export function isInCatalog(ref: string, catalog: CatalogService): boolean {
  return catalog.getEntitySource(ref) !== undefined || catalog.getEntityByRef(ref) !== undefined;
}

/** Returns the title of an entity, or its shortened ref if it doesn't exist. */
export function titleOfRef(ref: string, catalog: CatalogService): string {
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : shortOwnerRef(ref);
}
