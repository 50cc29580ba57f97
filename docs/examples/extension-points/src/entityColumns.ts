import { createPortalPlugin, entityTags, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'tag-count',
  register: env =>
    env.registerInit({
      deps: { columns: extensionPoints.entityColumns },
      init: ({ columns }) =>
        columns.addEntityColumn({
          id: 'tag-count.tags',
          title: 'Number of Tags',
          cellFor(entity) {
            const count = entityTags(entity).length;
            return { text: String(count), sort: count, tone: count ? 'none' : 'warning' };
          },
        }),
    }),
});
