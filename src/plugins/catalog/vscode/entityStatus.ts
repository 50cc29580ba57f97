import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base';
import type { CatalogService } from '../../../api';
import {
  type EntityPlaces,
  entityTitle,
  entityTooltip,
  kindIcon,
  ownerRefs,
  shortOwnerRef,
} from '..';
import { entityAtCursor } from './entityAtCursor';
import { withoutIcons } from './entityPicker';
import { fromVsCodeUri } from './uris';

/** Longer names would push others out of the status bar; the tooltip has them whole. */
const MAX_LENGTH = 30;

export interface EntityStatusDeps {
  readonly catalog: CatalogService;
  readonly places: EntityPlaces;
}

/**
 * Names in the status bar what the file in the editor belongs to and who owns that; a click offers
 * what can be done. In a descriptor it is the entity at the cursor, elsewhere that of the nearest
 * folder above with one. Nothing is shown where there is none.
 */
export class EntityStatus implements Disposable {
  #deps: EntityStatusDeps;
  #store = new DisposableStore();
  #item: vscode.StatusBarItem;

  constructor(deps: EntityStatusDeps) {
    this.#deps = deps;
    this.#item = this.#store.add(
      vscode.window.createStatusBarItem('callboard.entity', vscode.StatusBarAlignment.Left, 0),
    );
    this.#item.name = vscode.l10n.t('Entity of the File');
    const update = (): void => this.#update();
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.#store.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) update();
      }),
    );
    this.#store.add(deps.places.onDidChange(update));
    this.#update();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    const editor = vscode.window.activeTextEditor;
    const ref = editor && this.#entityOf(editor);
    const entity = ref === undefined ? undefined : this.#deps.catalog.getEntityByRef(ref);
    if (!entity) {
      this.#item.hide();
      return;
    }
    const title = shorten(entityTitle(entity));
    const owners = ownerRefs(entity).map(shortOwnerRef).join(', ');
    const owner = shorten(owners);
    this.#item.text = `$(${kindIcon(entity.kind)}) ${withoutIcons([title, owner].filter(Boolean).join(' · '))}`;
    const tooltip = new vscode.MarkdownString(
      entityTooltip(entity, { catalog: this.#deps.catalog, translate: vscode.l10n.t }),
      true,
    );
    // Descriptors are not trusted: no commands and no HTML, whatever they hold.
    tooltip.isTrusted = false;
    tooltip.supportHtml = false;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = {
      label: owners
        ? vscode.l10n.t('This file belongs to {0} {1}, owned by {2}', entity.kind, title, owners)
        : vscode.l10n.t('This file belongs to {0} {1}', entity.kind, title),
      role: 'button',
    };
    this.#item.command = {
      command: 'callboard.entity.actions',
      title: vscode.l10n.t('Entity Actions…'),
      arguments: [ref],
    };
    this.#item.show();
  }

  #entityOf(editor: vscode.TextEditor): string | undefined {
    const { catalog, places } = this.#deps;
    const { uri } = editor.document;
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) return undefined;
    const own = entityAtCursor(editor, catalog);
    return own ?? places.entitiesAround(fromVsCodeUri(uri), fromVsCodeUri(folder.uri))[0];
  }
}

function shorten(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
