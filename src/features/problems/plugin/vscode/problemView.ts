import * as vscode from 'vscode';
import {
  type CatalogService,
  type Disposable,
  DisposableStore,
  type Severity,
  type StateService,
  translateCount,
  TurnQueue,
} from '../../../../api';
import {
  isBeingChecked,
  isUnfiltered,
  isKnown,
  type ProblemFilter,
  type ProblemGrouping,
  type ProblemNode,
  type ProblemTreeModel,
} from '..';

const VIEW_ID = 'callboard.problems';

/** Keys of the view's workspace state. */
export const stateKeys = {
  /** `entity` or `code`. */
  grouping: 'problems.grouping',
  /** A `ProblemFilter`. */
  filter: 'problems.filter',
} as const;

export interface ProblemViewDeps {
  readonly catalog: CatalogService;
  readonly model: ProblemTreeModel;
  readonly state: StateService;
}

/** Icons and colors of VS Code's Problems panel. */
const icons: Readonly<Record<Severity, vscode.ThemeIcon>> = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
  info: new vscode.ThemeIcon('info', new vscode.ThemeColor('problemsInfoIcon.foreground')),
  hint: new vscode.ThemeIcon('lightbulb'),
};

/** Provides the rows of the model. */
class ProblemTreeProvider implements vscode.TreeDataProvider<ProblemNode>, Disposable {
  #deps: Pick<ProblemViewDeps, 'catalog' | 'model'>;
  #store = new DisposableStore();
  #turns = new TurnQueue();
  #changed = this.#store.add(new vscode.EventEmitter<undefined>());

  readonly onDidChangeTreeData = this.#changed.event;
  /** Id of the group that is expanded when its row is created. */
  expandedId: string | undefined;

  constructor(deps: Pick<ProblemViewDeps, 'catalog' | 'model'>) {
    this.#deps = deps;
    this.#store.add(deps.model.onDidChange(() => this.#changed.fire(undefined)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  getChildren(node?: ProblemNode): ProblemNode[] {
    const { catalog, model } = this.#deps;
    return isKnown(catalog) ? [...model.getChildren(node)] : [];
  }

  getParent(node: ProblemNode): ProblemNode | undefined {
    return this.#deps.model.getParent(node);
  }

  /** VS Code requests all rows of a list at once, so they are built in turns. */
  getTreeItem(node: ProblemNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.#turns.run(() => this.#itemOf(node));
  }

  #itemOf(node: ProblemNode): vscode.TreeItem {
    const shown = this.#deps.model.present(node);
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const ofGroup = node.id === this.expandedId ? Expanded : Collapsed;
    const item = new vscode.TreeItem(shown.label, node.type === 'group' ? ofGroup : None);
    item.id = node.id;
    item.description = shown.description;
    item.contextValue = shown.contextValue;
    // Plain text, because messages quote untrusted descriptors.
    item.tooltip = shown.tooltip;
    item.accessibilityInformation = { label: shown.accessibilityLabel };
    item.iconPath = shown.severity ? icons[shown.severity] : new vscode.ThemeIcon('ellipsis');
    if (node.type !== 'group') {
      item.command =
        node.type === 'more'
          ? {
              command: 'callboard.problems.showMore',
              title: vscode.l10n.t('Show More'),
              arguments: [node],
            }
          : {
              command: 'callboard.problems.open',
              title: vscode.l10n.t('Go to Problem'),
              arguments: [node],
            };
    }
    return item;
  }
}

/** The Catalog Health view: tree, message, description and badge. */
export class ProblemView implements Disposable {
  #deps: ProblemViewDeps;
  #store = new DisposableStore();
  #provider: ProblemTreeProvider;
  #tree: vscode.TreeView<ProblemNode>;
  #contexts = new Map<string, unknown>();
  #wasKnown = false;
  #wasEmpty = true;

  constructor(deps: ProblemViewDeps) {
    this.#deps = deps;
    const { catalog, model } = deps;
    const provider = (this.#provider = this.#store.add(new ProblemTreeProvider(deps)));
    this.#tree = this.#store.add(
      vscode.window.createTreeView(VIEW_ID, { treeDataProvider: provider, showCollapseAll: true }),
    );
    this.#store.add(model.onDidChange(() => this.#update()));
    this.#store.add(
      catalog.onDidChange(() => {
        // The first entity may have no problem.
        if (isEmpty(catalog) !== this.#wasEmpty) this.#update();
      }),
    );
    this.#store.add(
      catalog.onDidChangeStatus(() => {
        // The model refreshes rows of a known catalog. Here, they appear or disappear as a whole.
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

  /** Shows the problems that a filter leaves, with the first row expanded and focused. */
  async show(filter: ProblemFilter): Promise<void> {
    const filtered = this.setFilter(filter);
    const [first] = this.#deps.model.getChildren();
    // A row that is created after it was revealed would be collapsed.
    this.#provider.expandedId = first?.id;
    await filtered;
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
    if (first) await this.#tree.reveal(first, { select: true, focus: true, expand: true });
  }

  #update(): void {
    const { catalog, model } = this.#deps;
    const known = (this.#wasKnown = isKnown(catalog));
    const { shown, total, errors } = known ? model.counts : { shown: 0, total: 0, errors: 0 };
    const isFiltered = !isUnfiltered(model.filter);
    this.#tree.badge = errors
      ? {
          value: errors,
          tooltip: translateCount(errors, {
            one: '{0} error in the catalog',
            other: '{0} errors in the catalog',
          }),
        }
      : undefined;
    this.#tree.description = [
      shown ? String(shown) : undefined,
      isBeingChecked(catalog) ? vscode.l10n.t('checking') : undefined,
    ]
      .filter(Boolean)
      .join(', ');
    // Without rows the welcome view is shown, which requires an empty message.
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

/** Describes a filter. */
export function describeFilter({ severity, ownedByMe, code, failed }: ProblemFilter): string {
  const severities: Readonly<Record<ProblemFilter['severity'], string>> = {
    error: vscode.l10n.t('errors'),
    warning: vscode.l10n.t('errors and warnings'),
    info: vscode.l10n.t('all except hints'),
    hint: vscode.l10n.t('all severities'),
  };
  const notInCatalog =
    failed === undefined ? undefined : vscode.l10n.t("descriptors that aren't in the catalog");
  return [
    code ?? notInCatalog ?? severities[severity],
    ownedByMe ? vscode.l10n.t('owned by me') : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}
