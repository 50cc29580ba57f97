import type { EntityCard } from '../../../../api';
import type { Translate } from '../../../../base';
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
