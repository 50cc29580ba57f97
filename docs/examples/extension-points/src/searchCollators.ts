import { coreServices, createPortalPlugin, entityLinks, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'search-links',
  register: env =>
    env.registerInit({
      deps: { catalog: coreServices.catalog, collators: extensionPoints.searchCollators },
      init: ({ catalog, collators }) =>
        collators.addCollator({
          id: 'links',
          title: 'Links',
          icon: 'link',
          onDidChange: listener =>
            catalog.onDidChange(({ entityRefs }) => listener({ sources: entityRefs })),
          getSources: async () => catalog.getEntityRefs().map(id => ({ id })),
          collate(ref) {
            const entity = catalog.getEntityByRef(ref);
            return (entity ? entityLinks(entity) : []).map(({ url, title }, index) => ({
              id: String(index),
              title: title ?? url,
              text: url,
              ref,
              target: { type: 'url', url },
            }));
          },
        }),
    }),
});
