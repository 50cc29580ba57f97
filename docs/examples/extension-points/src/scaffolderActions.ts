import { createPortalPlugin, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'changelog-action',
  register: env =>
    env.registerInit({
      deps: { actions: extensionPoints.scaffolderActions },
      init: ({ actions }) =>
        actions.addAction({
          id: 'acme:changelog',
          description: 'Writes a change log.',
          schema: {
            input: {
              type: 'object',
              required: ['title'],
              properties: { title: { type: 'string' } },
            },
          },
          supportsDryRun: true,
          async handler({ input, workspace, output }) {
            workspace.writeFile('CHANGELOG.md', `# ${String(input['title'])}\n`);
            output('path', 'CHANGELOG.md');
          },
        }),
    }),
});
