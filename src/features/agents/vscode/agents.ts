import { coreServices, createPortalPlugin, type PortalPlugin } from '../../../api';
import type { AgentsDeps } from './deps';
import { offerMcpServers } from './mcpServers';
import { registerTools } from './tools';

/** What coding agents can ask: as tools of the editor, and as a server that it starts for them. */
export function agents(deps: AgentsDeps): { readonly plugin: PortalPlugin } {
  const plugin = createPortalPlugin({
    id: 'agents',
    register(env) {
      env.registerInit({
        deps: { catalog: coreServices.catalog, search: coreServices.search },
        init: services => [
          ...registerTools({ ...deps, ...services }),
          ...offerMcpServers({ node: deps.platform.node, extensionUri: deps.extensionUri }),
        ],
      });
    },
  });
  return { plugin };
}
