import type { CatalogService, EntityCard } from '../../../../api';
import type { Translate } from '../../../../base';
import { refOf } from '../../../../model/presentation';

/** What is wrong with an entity, each problem with its place. */
export function problemsCard({
  catalog,
  translate,
}: {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}): EntityCard {
  return {
    id: 'portal.problems',
    title: translate('Problems'),
    icon: 'warning',
    tab: 'problems',
    width: 'full',
    load: entity => ({
      type: 'problems',
      problems: catalog.getProblems({ entityRef: refOf(entity) }),
      empty: translate('Nothing is wrong with it.'),
    }),
  };
}
