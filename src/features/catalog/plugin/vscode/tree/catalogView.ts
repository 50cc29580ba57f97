import * as vscode from 'vscode';
import {
  type CatalogService,
  type ConfigService,
  type Disposable,
  DisposableStore,
  type StateService,
  type Translate,
} from '../../../../../api';
import { FocusedRow } from '../../../../../platform/vscode/trees';
import {
  type CatalogFilter,
  type CatalogTreeModel,
  type CatalogTreeNode,
  formatFilter,
  isEmptyFilter,
} from '../..';
import { entityAtCursor } from '../atCursor/entityAtCursor';
import { CatalogTreeProvider } from './catalogTreeProvider';

const VIEW_ID = 'callboard.catalog';
/** Pause in milliseconds before the focused row is checked again; VS Code reads rows again after 200. */
const PAUSE = 50;

interface CatalogViewDeps {
  readonly catalog: CatalogService;
  readonly config: ConfigService;
  readonly model: CatalogTreeModel;
  readonly state: StateService;
  readonly translate: Translate;
  readonly dragAndDrop: vscode.TreeDragAndDropController<CatalogTreeNode>;
}

/** The Catalog view: its tree, texts and stored state. */
export class CatalogView implements Disposable {
  #deps: CatalogViewDeps;
  #store = new DisposableStore();
  #tree: vscode.TreeView<CatalogTreeNode>;
  #title: string;
  #contexts = new Map<string, unknown>();
  #focused = new FocusedRow<CatalogTreeNode>();

  constructor(deps: CatalogViewDeps) {
    this.#deps = deps;
    const { catalog, config, model } = deps;
    const provider = this.#store.add(new CatalogTreeProvider(deps));
    this.#tree = this.#store.add(
      vscode.window.createTreeView(VIEW_ID, {
        treeDataProvider: provider,
        showCollapseAll: true,
        canSelectMany: true,
        dragAndDropController: deps.dragAndDrop,
      }),
    );
    this.#title = this.#tree.title ?? '';
    this.#store.add(this.#tree.onDidExpandElement(e => this.#rememberExpanded(e.element, true)));
    this.#store.add(this.#tree.onDidCollapseElement(e => this.#rememberExpanded(e.element, false)));
    this.#store.add(this.#tree.onDidChangeSelection(e => this.#focused.noteSelection(e.selection)));
    this.#store.add(model.onDidChange(() => this.#update()));
    this.#store.add(
      catalog.onDidChangeStatus(() => {
        // With entities, their changes refresh the tree; without, the end of reading must.
        if (!catalog.getEntityRefs().length) model.refreshAll();
        this.#update();
      }),
    );
    const follow = (editor: vscode.TextEditor | undefined): void => {
      if (editor && this.#tree.visible && config.get('catalog.followActiveEditor') === true) {
        void this.revealEditor(editor);
      }
    };
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(follow));
    this.#store.add(this.#tree.onDidChangeVisibility(() => follow(vscode.window.activeTextEditor)));
    this.#update();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Finds the row with keyboard focus; only for key bindings. */
  findFocused(): Promise<CatalogTreeNode | undefined> {
    return this.#focused.find(
      () => vscode.commands.executeCommand('list.toggleSelection'),
      () => new Promise(resolve => setTimeout(resolve, PAUSE)),
    );
  }

  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  }

  /** Shows a filter without storing it, such as while it is typed. */
  previewFilter(filter: CatalogFilter): void {
    this.#deps.model.setFilter(filter);
  }

  async setFilter(filter: CatalogFilter): Promise<void> {
    this.#deps.model.setFilter(filter);
    await this.#deps.state.set(stateKeys.filter, formatFilter(filter));
  }

  async setGrouping(id: string): Promise<void> {
    this.#deps.model.setGrouping(id);
    await this.#deps.state.set(stateKeys.grouping, id);
  }

  /** Reveals the row of an entity; false if the filter or grouping hides it. */
  async reveal(ref: string, options: { readonly focus: boolean }): Promise<boolean> {
    const node = this.#deps.model.findEntity(ref);
    if (!node) return false;
    await this.#tree.reveal(node, { select: true, focus: options.focus });
    return true;
  }

  /** Reveals the entity at the cursor of an editor. */
  async revealEditor(editor: vscode.TextEditor): Promise<boolean> {
    const ref = entityAtCursor(editor, this.#deps.catalog);
    return ref !== undefined && this.reveal(ref, { focus: false });
  }

  #rememberExpanded(node: CatalogTreeNode, expanded: boolean): void {
    const { model, state } = this.#deps;
    model.setExpanded(node, expanded);
    void state.set(stateKeys.expanded, model.expanded);
  }

  #update(): void {
    const { catalog, model, translate } = this.#deps;
    const filter = model.filter;
    const filtered = !isEmptyFilter(filter);
    const { shown, total, failed } = model.counts;
    const hasRows = shown + failed > 0;
    const grouping = translate('by {0}', model.grouping.label.toLowerCase());
    this.#tree.description =
      catalog.mode === 'backstage' ? translate('{0}, as Backstage', grouping) : grouping;
    // Without rows, the welcome view is shown, which requires an empty message, so the filter is in
    // the title.
    this.#tree.title =
      filtered && !hasRows ? `${this.#title} (${formatFilter(filter)})` : this.#title;
    this.#tree.message =
      filtered && hasRows
        ? translate('{0} of {1}: {2}', shown, total, formatFilter(filter))
        : undefined;
    this.#setContext('filtered', filtered);
    this.#setContext(
      'state',
      total === 0 && catalog.getFailedEntities().length === 0
        ? catalog.status === 'ready'
          ? 'empty'
          : catalog.status
        : hasRows
          ? 'shown'
          : 'noMatch',
    );
  }

  #setContext(key: string, value: unknown): void {
    if (this.#contexts.get(key) === value) return;
    this.#contexts.set(key, value);
    void vscode.commands.executeCommand('setContext', `${VIEW_ID}.${key}`, value);
  }
}

/** Keys of stored state, besides stars. */
export const stateKeys = {
  /** Id of the grouping. */
  grouping: 'catalog.grouping',
  /** The filter as typed. */
  filter: 'catalog.filter',
  /** Ids of expanded rows. */
  expanded: 'catalog.expanded',
} as const;
