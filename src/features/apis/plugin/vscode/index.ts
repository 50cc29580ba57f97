import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  type Disposable,
  entityCardsExtensionPoint,
  entityCommandsExtensionPoint,
  entityTabsExtensionPoint,
  formatEditorUri,
  onDemand,
  type PortalPlugin,
  problemSourcesExtensionPoint,
  type ProblemSourcesExtensionPoint,
  searchCollatorsExtensionPoint,
} from '../../../../api';
import { apiCards, apiTab } from '../apiCards';
import type { DefinitionChecksDeps } from '../definitions/definitionChecks';
import {
  LiveDefinitionProblems,
  type LiveDefinitionProblemsDeps,
} from '../definitions/liveDefinitionProblems';
import { isDefined, type OpenText } from '../definitions/openApis';
import { ApisCollator } from '../search/apisCollator';

/**
 * The APIs plugin: operations on API pages, navigation to them, and problems of definitions. The reader of definitions
 * is loaded on demand.
 *
 * @param workers - threads to check definitions in; undefined in a browser
 */
export const apis = ({
  workers,
}: {
  readonly workers: DefinitionChecksDeps['workers'];
}): { readonly plugin: PortalPlugin } => ({
  plugin: createPortalPlugin({
    id: 'apis',
    register(env) {
      env.registerInit({
        deps: {
          actions: coreServices.actions,
          catalog: coreServices.catalog,
          files: coreServices.files,
          logger: coreServices.logger,
          portal: coreServices.portal,
          cards: entityCardsExtensionPoint,
          commands: entityCommandsExtensionPoint,
          collators: searchCollatorsExtensionPoint,
          problems: problemSourcesExtensionPoint,
          tabs: entityTabsExtensionPoint,
        },
        init({ cards, collators, commands, problems, tabs, ...services }) {
          const translate = vscode.l10n.t;
          const collator = new ApisCollator({ ...services, translate });
          const loadDefinitions = onDemand(async () => {
            const { ApiDefinitions } = await import('../definitions/apiDefinitions');
            return new ApiDefinitions({ ...services, translate });
          });
          const loadContents = onDemand(async () => {
            const { createApiContents } = await import('../apiContents');
            return createApiContents(await loadDefinitions(), translate);
          });
          const loadChecks = onDemand(async () => {
            const { DefinitionChecks } = await import('../definitions/definitionChecks');
            return new DefinitionChecks({
              ...services,
              translate,
              workers,
              texts: vscode.l10n.bundle,
            });
          });
          const loadFinder = onDemand(async () => {
            const { OperationFinder } = await import('./operationFinder');
            return new OperationFinder({ ...services, definitions: await loadDefinitions() });
          });
          return [
            tabs.addEntityTab(apiTab({ translate })),
            ...apiCards({ translate, loadContents }).map(card => cards.addEntityCard(card)),
            collator,
            collators.addCollator(collator),
            ...followDefinitions(problems, { ...services, loadChecks }),
            commands.addEntityCommand({
              id: 'apis.goToOperation',
              title: vscode.l10n.t('Go to Operation…'),
              icon: 'symbol-method',
              isEnabled: isDefined,
              run: async entity => (await loadFinder()).goToOperation([entity]),
            }),
            services.actions.registerCommand('callboard.apis.goToOperation', async () =>
              (await loadFinder()).goToOperation(),
            ),
          ];
        },
      });
    },
  }),
});

/** Reports the problems of API definitions, from files and unsaved texts. */
function followDefinitions(
  problems: ProblemSourcesExtensionPoint,
  deps: Omit<LiveDefinitionProblemsDeps, 'openTexts'>,
): readonly Disposable[] {
  const openTexts = (): readonly OpenText[] =>
    vscode.workspace.textDocuments.map(({ uri, version }) => ({
      uri: formatEditorUri(uri),
      version,
    }));
  const source = new LiveDefinitionProblems({ ...deps, openTexts });
  const soon = (): void => source.lookSoon();
  return [
    source,
    problems.addProblemSource(source),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidCloseTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(soon),
  ];
}
