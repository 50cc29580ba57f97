import type { Entity, EntityCard } from '../../../../api';
import { isRecord, type Translate } from '../../../../base';
import { entityLinks } from '../../../../model/presentation';

/** The links of an entity; those that may not be opened are left out. */
export function linksCard(translate: Translate): EntityCard {
  return {
    id: 'portal.links',
    title: translate('Links'),
    icon: 'link',
    order: 30,
    isShownFor: entity => entityLinks(entity).length > 0,
    load: entity => ({
      type: 'links',
      links: entityLinks(entity).map(({ url, title }) => ({
        text: title,
        icon: 'link-external',
        description: title === url ? undefined : url,
        target: { type: 'url', url },
      })),
    }),
  };
}

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
