import { createPortalPlugin, entityAnnotation, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'cost-centers',
  register: env =>
    env.registerInit({
      deps: { groupings: extensionPoints.treeGroupings },
      init: ({ groupings }) =>
        groupings.addTreeGrouping({
          id: 'cost-center',
          label: 'Cost Center',
          groupsOf(entity) {
            const center = entityAnnotation(entity, 'acme.dev/cost-center');
            return center === undefined ? [] : [[{ id: center, label: `Cost center ${center}` }]];
          },
        }),
    }),
});
