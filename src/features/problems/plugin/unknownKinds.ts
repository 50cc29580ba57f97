import { type CatalogService, isRecord } from '../../../api';

/** An unknown kind, with the API versions of its entities. */
export interface UnknownKind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
}

/** Unknown kinds of a catalog by name, without misspelled known ones. */
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
 * Returns the setting `callboard.catalog.customKinds` with a kind added, or with API versions added to its entry.
 *
 * @param setting - current value, not validated
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
