import * as vscode from 'vscode';
import {
  basenameUri,
  type CatalogService,
  type Disposable,
  DisposableStore,
  entityTitle,
  type FailedEntity,
  kindIcon,
  ownerRefs,
  shortOwnerRef,
  withoutIcons,
} from '../../../../../api';
import type { EntityPlaces } from '../..';
import { entityTooltip, failedTooltip } from '../../tree/entityTooltip';
import { fromVsCodeUri } from '../uris';
import { entityAtCursor } from './entityAtCursor';

/** Maximum length of names, to save space in the status bar; the tooltip shows them in full. */
const MAX_LENGTH = 30;

export interface EntityStatusDeps {
  readonly catalog: CatalogService;
  readonly places: EntityPlaces;
}

/** Content and command of the item. */
interface Status {
  readonly text: string;
  /** Markdown with codicons. */
  readonly tooltip: string;
  readonly spoken: string;
  readonly command: vscode.Command;
}

/**
 * Shows in the status bar the entity of the file in the editor and its owner; a click offers
 * actions. In a descriptor, the entity at the cursor, otherwise the entity of the nearest folder
 * above. A file without one offers to create a descriptor. Hidden in a workspace without entities,
 * and for files outside.
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
    this.#item.name = vscode.l10n.t('Entity of Current File');
    const update = (): void => this.#update();
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.#store.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) update();
      }),
    );
    this.#store.add(deps.places.onDidChange(update));
    this.#store.add(deps.catalog.onDidChangeStatus(update));
    this.#store.add(
      deps.catalog.onDidChange(({ files }) => {
        const file = vscode.window.activeTextEditor?.document.uri;
        // Invalid descriptors aren't entities, so `places` doesn't report them.
        if (file && files.has(fromVsCodeUri(file))) update();
      }),
    );
    this.#update();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    const editor = vscode.window.activeTextEditor;
    const status = editor && this.#statusOf(editor);
    if (!status) {
      this.#item.hide();
      return;
    }
    this.#item.text = status.text;
    // Untrusted by default: no commands and no HTML from descriptors.
    this.#item.tooltip = new vscode.MarkdownString(status.tooltip, true);
    this.#item.accessibilityInformation = { label: status.spoken, role: 'button' };
    this.#item.command = status.command;
    this.#item.show();
  }

  #statusOf(editor: vscode.TextEditor): Status | undefined {
    const { catalog, places } = this.#deps;
    const folder = vscode.workspace.getWorkspaceFolder(editor.document.uri);
    if (!folder) return undefined;
    const file = fromVsCodeUri(editor.document.uri);
    const own = entityAtCursor(editor, catalog);
    if (own !== undefined) return this.#ofEntity(own);
    const failed = this.#failedAtCursor(file, editor.selection.active.line);
    if (failed) return this.#ofFailed(failed);
    const [around] = places.entitiesAround(file, fromVsCodeUri(folder.uri));
    return around === undefined ? this.#ofNone() : this.#ofEntity(around);
  }

  #ofEntity(ref: string): Status | undefined {
    const { catalog } = this.#deps;
    const entity = catalog.getEntityByRef(ref);
    if (!entity) return undefined;
    const title = shorten(entityTitle(entity));
    const owners = ownerRefs(entity).map(shortOwnerRef).join(', ');
    const text = [title, shorten(owners)].filter(Boolean).join(' · ');
    return {
      text: `$(${kindIcon(entity.kind)}) ${withoutIcons(text)}`,
      tooltip: entityTooltip(entity, { catalog, translate: vscode.l10n.t }),
      spoken: owners
        ? vscode.l10n.t('This file belongs to {0} {1}, owned by {2}', entity.kind, title, owners)
        : vscode.l10n.t('This file belongs to {0} {1}', entity.kind, title),
      command: {
        command: 'callboard.entity.actions',
        title: vscode.l10n.t('Entity Actions…'),
        arguments: [ref],
      },
    };
  }

  #ofFailed(failed: FailedEntity): Status {
    const { name, kind, source } = failed;
    const title = shorten(name ?? kind ?? basenameUri(source.file));
    return {
      text: `$(error) ${withoutIcons(title)}`,
      tooltip: failedTooltip(failed, { catalog: this.#deps.catalog, translate: vscode.l10n.t }),
      spoken: vscode.l10n.t('This file describes {0}, which has errors: show problems', title),
      command: {
        command: 'callboard.problems.focus',
        title: vscode.l10n.t('Show Problems'),
      },
    };
  }

  #ofNone(): Status | undefined {
    const { catalog } = this.#deps;
    if (catalog.status !== 'ready' || !catalog.getEntityRefs().length) return undefined;
    return {
      text: `$(circle-slash) ${vscode.l10n.t('No entity')}`,
      tooltip: vscode.l10n.t(
        'This file belongs to no entity: its folder and parent folders have no descriptor.',
      ),
      spoken: vscode.l10n.t('This file belongs to no entity: show actions'),
      command: {
        command: 'callboard.catalog.describeFile',
        title: vscode.l10n.t('Describe This File…'),
      },
    };
  }

  /** Returns the invalid descriptor at the cursor, else the first in the file. */
  #failedAtCursor(file: string, line: number): FailedEntity | undefined {
    const { catalog } = this.#deps;
    // Avoids searching all invalid descriptors for files without errors.
    if (!catalog.getProblems({ file }).some(({ severity }) => severity === 'error'))
      return undefined;
    const failed = catalog.getFailedEntities().filter(({ source }) => source.file === file);
    return failed.findLast(({ source }) => source.range.start.line <= line) ?? failed[0];
  }
}

function shorten(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
