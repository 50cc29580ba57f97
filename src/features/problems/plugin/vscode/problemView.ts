import * as vscode from 'vscode';
import type { CatalogService, StateService } from '../../../../api';
import { type Disposable, DisposableStore } from '../../../../base';
import {
  isBeingChecked,
  isEverything,
  isKnown,
  type ProblemFilter,
  type ProblemGrouping,
  type ProblemNode,
  type ProblemTreeModel,
} from '..';
import { ProblemTreeProvider } from './problemTreeProvider';
import { stateKeys } from './stateKeys';

const VIEW_ID = 'callboard.problems';

export interface ProblemViewDeps {
  readonly catalog: CatalogService;
  readonly model: ProblemTreeModel;
  readonly state: StateService;
}

/** The Problems view: the tree, the words around it, and its badge. */
export class ProblemView implements Disposable {
  #deps: ProblemViewDeps;
  #store = new DisposableStore();
  #tree: vscode.TreeView<ProblemNode>;
  #contexts = new Map<string, unknown>();
  #wasKnown = false;
  #wasEmpty = true;

  constructor(deps: ProblemViewDeps) {
    this.#deps = deps;
    const { catalog, model } = deps;
    const provider = this.#store.add(new ProblemTreeProvider(deps));
    this.#tree = this.#store.add(
      vscode.window.createTreeView(VIEW_ID, { treeDataProvider: provider, showCollapseAll: true }),
    );
    this.#store.add(model.onDidChange(() => this.#update()));
    this.#store.add(
      catalog.onDidChange(() => {
        // The first entity may come without a problem.
        if (isEmpty(catalog) !== this.#wasEmpty) this.#update();
      }),
    );
    this.#store.add(
      catalog.onDidChangeStatus(() => {
        // Which rows there are changes with their catalog; here it comes or goes as a whole.
        if (isKnown(catalog) === this.#wasKnown) this.#update();
        else model.refreshAll();
      }),
    );
    this.#update();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async setGrouping(grouping: ProblemGrouping): Promise<void> {
    this.#deps.model.setGrouping(grouping);
    await this.#deps.state.set(stateKeys.grouping, grouping);
  }

  async setFilter(filter: ProblemFilter): Promise<void> {
    this.#deps.model.setFilter(filter);
    await this.#deps.state.set(stateKeys.filter, filter);
  }

  #update(): void {
    const { catalog, model } = this.#deps;
    const known = (this.#wasKnown = isKnown(catalog));
    const { shown, total, errors } = known ? model.counts : { shown: 0, total: 0, errors: 0 };
    const isFiltered = !isEverything(model.filter);
    this.#tree.badge = errors
      ? {
          value: errors,
          tooltip:
            errors === 1
              ? vscode.l10n.t('1 error in the catalog')
              : vscode.l10n.t('{0} errors in the catalog', errors),
        }
      : undefined;
    this.#tree.description = [
      shown ? String(shown) : undefined,
      isBeingChecked(catalog) ? vscode.l10n.t('being checked') : undefined,
    ]
      .filter(Boolean)
      .join(', ');
    // Without rows the welcome view speaks, and it only does when there is no message.
    this.#tree.message =
      isFiltered && shown
        ? vscode.l10n.t('{0} of {1}: {2}', shown, total, describeFilter(model.filter))
        : undefined;
    this.#setContext('grouping', model.grouping);
    this.#setContext('filtered', isFiltered);
    this.#wasEmpty = isEmpty(catalog);
    const without = this.#wasEmpty ? 'empty' : 'none';
    this.#setContext(
      'state',
      !known ? catalog.status : total === 0 ? without : shown === 0 ? 'noMatch' : 'shown',
    );
  }

  #setContext(key: string, value: unknown): void {
    if (this.#contexts.get(key) === value) return;
    this.#contexts.set(key, value);
    void vscode.commands.executeCommand('setContext', `${VIEW_ID}.${key}`, value);
  }
}

function isEmpty(catalog: CatalogService): boolean {
  return catalog.getEntityRefs().length === 0;
}

/** What a filter shows, in words. */
export function describeFilter({ severity, ownedByMe }: ProblemFilter): string {
  const severities: Readonly<Record<ProblemFilter['severity'], string>> = {
    error: vscode.l10n.t('errors'),
    warning: vscode.l10n.t('errors and warnings'),
    info: vscode.l10n.t('all but hints'),
    hint: vscode.l10n.t('all severities'),
  };
  return [severities[severity], ownedByMe ? vscode.l10n.t('owned by me') : undefined]
    .filter(Boolean)
    .join(', ');
}
