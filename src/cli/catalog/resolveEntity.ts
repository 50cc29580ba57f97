import type { CatalogService } from '../../api';
import { resolveRef } from '../../features/catalog/core/refs';
import { UsageError } from '../command';

/** The full ref of the entity that somebody meant. @throws UsageError that says which may be meant */
export function resolveEntity(written: string, catalog: CatalogService): string {
  const resolved = resolveRef(written, catalog);
  if (!resolved.ok) throw new UsageError(resolved.error);
  return resolved.value;
}
