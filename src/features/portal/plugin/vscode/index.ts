import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  entityCardsExtensionPoint,
  entityTabsExtensionPoint,
  homeCardsExtensionPoint,
  parseUri,
  type PortalPlugin,
} from '../../../../api';
import { builtinCards, builtinTabs, CatalogFacts, homeCards, type HomeCardsDeps } from '..';

/** Built-in cards of entity pages. Loaded with the first page. */
const portalCardsPlugin: PortalPlugin = createPortalPlugin({
  id: 'portal-cards',
  register(env) {
    env.registerInit({
      deps: {
        catalog: coreServices.catalog,
        files: coreServices.files,
        techdocs: coreServices.techdocs,
        cards: entityCardsExtensionPoint,
        tabs: entityTabsExtensionPoint,
      },
      init({ catalog, files, techdocs, cards, tabs }) {
        const filePath = (uri: string): string =>
          vscode.workspace.asRelativePath(vscode.Uri.from(parseUri(uri)));
        const deps = { catalog, files, techdocs, translate: vscode.l10n.t, filePath };
        return [
          ...builtinTabs(deps).map(tab => tabs.addEntityTab(tab)),
          ...builtinCards(deps).map(card => cards.addEntityCard(card)),
        ];
      },
    });
  },
});

/** Built-in cards of the home page. */
function createHomePlugin(own: PortalPluginsDeps): PortalPlugin {
  return createPortalPlugin({
    id: 'portal-home',
    register(env) {
      env.registerInit({
        deps: {
          catalog: coreServices.catalog,
          identity: coreServices.identity,
          recent: coreServices.recent,
          sources: coreServices.sources,
          starred: coreServices.starred,
          cards: homeCardsExtensionPoint,
        },
        init({ cards, ...services }) {
          const facts = new CatalogFacts(services.catalog);
          const deps = { ...services, ...own, facts, translate: vscode.l10n.t };
          return [facts, ...homeCards(deps).map(card => cards.addHomeCard(card))];
        },
      });
    },
  });
}

/** Dependencies of the built-in plugins that aren't services of plugins. */
export type PortalPluginsDeps = Pick<HomeCardsDeps, 'getRecentChanges'>;

/** Creates the built-in plugins of the portal. */
export function createPortalPlugins(deps: PortalPluginsDeps): readonly PortalPlugin[] {
  return [portalCardsPlugin, createHomePlugin(deps)];
}
