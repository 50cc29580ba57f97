import * as vscode from 'vscode';
import {
  coreServices,
  createPortalPlugin,
  DisposableStore,
  runInSlices,
  parseUri,
  type PortalPlugin,
} from '../../../../api';
import { ProblemTreeModel, readProblemFilter } from '..';
import { registerAddKind } from './addKind';
import { registerProblemCommands } from './problemCommands';
import { registerProblemFixes } from './problemFixes';
import { ProblemView, stateKeys } from './problemView';

/** Milliseconds to batch changes before a refresh. */
const DELAY = 50;

/** The Catalog Health view, grouped by entity or code. */
export const plugin: PortalPlugin = createPortalPlugin({
  id: 'problems',
  register(env) {
    env.registerInit({
      deps: {
        actions: coreServices.actions,
        catalog: coreServices.catalog,
        edits: coreServices.edits,
        identity: coreServices.identity,
        sources: coreServices.sources,
        state: coreServices.state,
      },
      init(services) {
        const { actions, catalog, identity, sources, state } = services;
        const store = new DisposableStore();
        const model = store.add(
          new ProblemTreeModel({
            catalog,
            identity,
            translate: vscode.l10n.t,
            displayPath: uri => vscode.workspace.asRelativePath(vscode.Uri.from(parseUri(uri))),
            sourceOf: file => sources.getSourceOf(file)?.name,
            schedule: run => setTimeout(run, DELAY),
            runInSlices: work =>
              void actions.run(vscode.l10n.t('Updating the Catalog Health view'), () =>
                runInSlices(work),
              ),
          }),
        );
        if (state.get(stateKeys.grouping) === 'code') model.setGrouping('code');
        model.setFilter(readProblemFilter(state.get(stateKeys.filter)));
        const view = store.add(new ProblemView({ ...services, model }));
        const context = { ...services, model, view };
        return [
          store,
          registerProblemFixes(catalog),
          ...registerProblemCommands(context),
          ...registerAddKind(context),
        ];
      },
    });
  },
});
