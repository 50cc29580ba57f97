import type { CatalogService } from '../../../api';

/**
 * Whether there is a catalog whose problems can be told: one that was read, or that of the last start
 * while it is being looked at. Without either, the welcome view says what is going on.
 */
export function isKnown(catalog: CatalogService): boolean {
  return catalog.status === 'ready' || catalog.getEntityRefs().length > 0;
}

/** Whether what is told of the catalog may still turn out otherwise. */
export function isBeingChecked(catalog: CatalogService): boolean {
  return isKnown(catalog) && catalog.status === 'indexing';
}
