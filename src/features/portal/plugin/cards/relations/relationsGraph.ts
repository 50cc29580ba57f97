import type { CardContent, Entity, EntityCard } from '../../../../../api';
import type { Translate } from '../../../../../base';
import { refOf } from '../../../../../model/presentation';

/** What an entity is related to, drawn: small beside other cards, and further on a tab of its own. */
export function relationsGraphCards(translate: Translate): readonly EntityCard[] {
  const frame = { title: translate('Relations'), icon: 'type-hierarchy' };
  const around = (entity: Entity, depth: number): CardContent => ({
    type: 'graph',
    query: { rootRefs: [refOf(entity)], depth },
  });
  return [
    { ...frame, id: 'portal.relations-graph', order: 20, load: entity => around(entity, 1) },
    {
      ...frame,
      id: 'portal.relations',
      tab: 'relations',
      width: 'full',
      load: entity => around(entity, 2),
    },
  ];
}
