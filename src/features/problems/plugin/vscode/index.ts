import * as vscode from 'vscode';
import { coreServices, createPortalPlugin, type PortalPlugin } from '../../../../api';
import { type Disposable, DisposableStore, parseUri } from '../../../../base';
import { inSlices } from '../../../../platform/core';
import { ProblemTreeModel, readProblemFilter } from '..';
import { registerAddKind } from './commands/addKindCommand';
import { registerArrangeProblems } from './commands/arrangeProblems';
import { registerFixProblem } from './commands/fixProblem';
import { registerIgnoreProblem } from './commands/ignoreProblem';
import { registerOpenProblem } from './commands/openProblem';
import { ProblemView } from './problemView';
import type { ProblemViewContext } from './problemViewContext';
import { stateKeys } from './stateKeys';

/** Changes within so many milliseconds make one refresh. */
const DELAY = 50;

/** The problems of the catalog as a view of its own: by entity or by code, to mend or to ignore. */
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
              void actions.run(vscode.l10n.t('Updating the Problems view'), () => inSlices(work)),
          }),
        );
        if (state.get(stateKeys.grouping) === 'code') model.setGrouping('code');
        model.setFilter(readProblemFilter(state.get(stateKeys.filter)));
        const view = store.add(new ProblemView({ ...services, model }));
        for (const command of registerCommands({ ...services, model, view })) store.add(command);
        return store;
      },
    });
  },
});

function registerCommands(context: ProblemViewContext): readonly Disposable[] {
  return [
    ...registerOpenProblem(context),
    registerFixProblem(context),
    ...registerIgnoreProblem(context),
    ...registerAddKind(context),
    ...registerArrangeProblems(context),
  ];
}
