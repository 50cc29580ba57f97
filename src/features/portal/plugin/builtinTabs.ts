import type { CatalogService, EntityTab } from '../../../api';
import type { Translate } from '../../../base';
import { refOf } from '../../../model/presentation';

/** The tabs of the pages of entities, in their order. */
export function builtinTabs({
  catalog,
  translate,
}: {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}): readonly EntityTab[] {
  return [
    { id: 'overview', title: translate('Overview'), order: 10 },
    { id: 'relations', title: translate('Relations'), order: 20 },
    { id: 'docs', title: translate('Docs'), order: 40 },
    { id: 'members', title: translate('Members and Ownership'), order: 50 },
    {
      id: 'problems',
      title: translate('Problems'),
      order: 80,
      badgeFor: entity => catalog.getProblems({ entityRef: refOf(entity) }).length,
    },
    { id: 'inspect', title: translate('Inspect'), order: 85 },
    { id: 'raw', title: translate('Raw'), order: 90 },
  ];
}
