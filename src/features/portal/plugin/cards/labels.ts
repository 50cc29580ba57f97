import type { Entity, EntityCard } from '../../../../api';
import { isRecord, type Translate } from '../../../../base';

/** The labels of an entity, which plugins may go by. */
export function labelsCard(translate: Translate): EntityCard {
  return {
    id: 'portal.labels',
    title: translate('Labels'),
    icon: 'tag',
    order: 40,
    isShownFor: entity => labelsOf(entity).length > 0,
    load: entity => ({ type: 'labels', labels: labelsOf(entity) }),
  };
}

function labelsOf({ metadata }: Entity): readonly { key: string; value: string }[] {
  const { labels } = metadata;
  return Object.entries(isRecord(labels) ? labels : {}).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ key, value }] : [],
  );
}
