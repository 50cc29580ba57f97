import type { CatalogService } from '../../../api';
import { isRecord } from '../../../base';

/** A kind that nobody knows here, with the versions that its entities are written in. */
export interface UnknownKind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
}

/** The unknown kinds of a catalog that are no misspelled known ones, by name. */
export function unknownKinds(catalog: Pick<CatalogService, 'getProblems'>): readonly UnknownKind[] {
  const versions = new Map<string, Set<string>>();
  for (const { code, cause } of catalog.getProblems({ ungrouped: true })) {
    if (code !== 'unknown-kind' || cause?.apiVersion === undefined) continue;
    const known = versions.get(cause.subject) ?? new Set();
    versions.set(cause.subject, known.add(cause.apiVersion));
  }
  return [...versions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, apiVersions]) => ({ kind, apiVersions: [...apiVersions].sort() }));
}

/**
 * Adds a kind to the setting `callboard.catalog.customKinds`: its versions to the entry that the kind has, else an
 * entry.
 *
 * @param setting - as it is, which may be anything
 */
export function withKind(setting: unknown, { kind, apiVersions }: UnknownKind): readonly unknown[] {
  const entries: readonly unknown[] = Array.isArray(setting) ? setting : [];
  const index = entries.findIndex(entry => isRecord(entry) && entry['kind'] === kind);
  const entry = entries[index];
  if (!isRecord(entry)) return [...entries, { kind, apiVersions }];
  const before: readonly unknown[] = Array.isArray(entry['apiVersions'])
    ? entry['apiVersions']
    : [];
  return entries.with(index, { ...entry, apiVersions: [...new Set([...before, ...apiVersions])] });
}
