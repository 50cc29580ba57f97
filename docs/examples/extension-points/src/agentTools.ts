import { coreServices, createPortalPlugin, extensionPoints } from '@callboard/api';

export default createPortalPlugin({
  id: 'count-tool',
  register: env =>
    env.registerInit({
      deps: { catalog: coreServices.catalog, tools: extensionPoints.agentTools },
      init: ({ catalog, tools }) =>
        tools.addAgentTool({
          id: 'count_entities',
          title: 'Count Entities',
          description: 'Returns the number of entities of a kind.',
          inputSchema: { type: 'object', properties: { kind: { type: 'string' } } },
          run: ({ kind }) => catalog.getEntities({ where: { kind: String(kind) } }).length,
        }),
    }),
});
