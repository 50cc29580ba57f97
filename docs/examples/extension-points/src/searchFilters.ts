import { createPortalPlugin, entityAnnotation, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'tier-filter',
  register: env =>
    env.registerInit({
      deps: { filters: extensionPoints.searchFilters },
      init: ({ filters }) =>
        filters.addSearchFilter({
          id: 'tier',
          title: 'Tier',
          valuesOf: entity => [entityAnnotation(entity, 'acme.dev/tier') ?? 'none'],
        }),
    }),
});
