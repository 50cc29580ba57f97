import { coreServices, createPortalPlugin, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'catalog-size',
  register: env =>
    env.registerInit({
      deps: { catalog: coreServices.catalog, cards: extensionPoints.homeCards },
      init: ({ catalog, cards }) =>
        cards.addHomeCard({
          id: 'catalog-size.card',
          title: 'Catalog Size',
          load: () => ({
            type: 'metrics',
            metrics: [{ label: 'Entities', value: catalog.getEntityRefs().length }],
          }),
          onDidChange: listener => catalog.onDidChange(() => listener()),
        }),
    }),
});
