import {
  type Entity,
  type EntityCard,
  entityLinks,
  isRecord,
  type Translate,
} from '../../../../api';

/** Links of an entity, without unsafe URLs. */
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

/** Labels of an entity. */
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
