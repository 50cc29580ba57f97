import { coreServices, createPortalPlugin, extensionPoints, refOf } from '@callboard/api';

export default createPortalPlugin({
  id: 'open-owner',
  register: env =>
    env.registerInit({
      deps: { commands: extensionPoints.entityCommands, portal: coreServices.portal },
      init: ({ commands, portal }) =>
        commands.addEntityCommand({
          id: 'open-owner.open',
          title: 'Open Members',
          icon: 'organization',
          where: { kind: 'Group' },
          run: entity => portal.open({ page: 'entity', entityRef: refOf(entity), tab: 'members' }),
        }),
    }),
});
