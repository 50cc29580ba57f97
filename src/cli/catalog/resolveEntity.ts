import type { CatalogService } from '../../api';
import { resolveRef } from '../../features/catalog/core/refs';
import { UsageError } from '../command';

/** Returns the full ref of the entity that an argument names. @throws UsageError that lists the candidates */
export function resolveEntity(written: string, catalog: CatalogService): string {
  const resolved = resolveRef(written, catalog);
  if (!resolved.ok) throw new UsageError(resolved.error);
  return resolved.value;
}
