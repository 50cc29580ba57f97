import { createPortalPlugin, extensionPoints } from '@callboard/api';

const inventory = ['printer', 'scanner'];

export default createPortalPlugin({
  id: 'inventory',
  register: env =>
    env.registerInit({
      deps: { providers: extensionPoints.entityProviders },
      init: ({ providers }) =>
        providers.addEntityProvider({
          getProviderName: () => 'inventory',
          async connect(connection) {
            const entities = inventory.map(name => ({
              entity: {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Resource',
                metadata: { name },
                spec: { type: 'device', owner: 'guests' },
              },
            }));
            await connection.applyMutation({ type: 'full', entities });
          },
        }),
    }),
});
