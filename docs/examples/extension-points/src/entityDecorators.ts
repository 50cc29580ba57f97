import { createPortalPlugin, entityLifecycle, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'deprecated-marks',
  register: env =>
    env.registerInit({
      deps: { decorators: extensionPoints.entityDecorators },
      init: ({ decorators }) =>
        decorators.addEntityDecorator({
          id: 'deprecated-marks.old',
          where: { kind: 'Component' },
          decorationFor: entity =>
            entityLifecycle(entity) === 'deprecated'
              ? { badge: 'D', tooltip: 'Deprecated', tone: 'warning' }
              : undefined,
        }),
    }),
});
