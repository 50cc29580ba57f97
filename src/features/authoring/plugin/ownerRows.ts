import type { CatalogService } from '../../../api';
import { getCompoundEntityRef, shortenEntityRef } from '../../../model';

export interface OwnerRow {
  /** As it is written in `spec.owner`. */
  readonly owner: string;
  readonly title: string | undefined;
  readonly kind: 'group' | 'user';
}

/** The groups of a catalog, then its users. */
export function ownerRows(catalog: Pick<CatalogService, 'getEntities'>): readonly OwnerRow[] {
  const filter = [[{ key: 'kind', values: ['Group', 'User'] }]];
  const rows = catalog.getEntities({ filter }).flatMap((entity): OwnerRow[] => {
    const kind = entity.kind.toLowerCase();
    if (kind !== 'group' && kind !== 'user') return [];
    const profile = entity.spec?.['profile'];
    const displayName: unknown =
      typeof profile === 'object' && profile !== null
        ? Reflect.get(profile, 'displayName')
        : undefined;
    const title = entity.metadata['title'] ?? displayName;
    return [
      {
        owner: shortenEntityRef(
          { ...getCompoundEntityRef(entity), kind },
          {
            defaultKind: 'Group',
            defaultNamespace: 'default',
          },
        ),
        title: typeof title === 'string' ? title : undefined,
        kind,
      },
    ];
  });
  return [
    ...rows.filter(({ kind }) => kind === 'group'),
    ...rows.filter(({ kind }) => kind === 'user'),
  ];
}
