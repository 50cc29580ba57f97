import type { CardContent, EntityCard } from '../../../../../api';
import type { Translate } from '../../../../../base';
import {
  compareRelationTypes,
  relationLabel,
  relationTargets,
} from '../../../../../model/presentation';
import { entityTable } from '../pieces';

/** All that an entity is related to, by the types of relations, those that nobody else shows included. */
export function allRelationsCard(translate: Translate): EntityCard {
  return {
    id: 'portal.all-relations',
    title: translate('All Relations'),
    icon: 'references',
    tab: 'relations',
    width: 'full',
    load(entity): CardContent {
      const types = [...new Set((entity.relations ?? []).map(({ type }) => type))];
      if (!types.length) {
        const empty = translate('It is not related to anything.');
        return { type: 'entities', entityRefs: [], empty };
      }
      return {
        type: 'sections',
        sections: types.sort(compareRelationTypes).map(type => ({
          title: relationLabel(type, translate),
          content: entityTable(relationTargets(entity, type), {
            columns: ['kind', 'type', 'owner', 'description'],
          }),
        })),
      };
    },
  };
}
