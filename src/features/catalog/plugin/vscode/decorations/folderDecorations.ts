import * as vscode from 'vscode';
import type { CatalogService, ConfigService } from '../../../../../api';
import { type Disposable, dirnameUri, DisposableStore } from '../../../../../base';
import { entityTitle, ownerRefs, shortOwnerRef } from '../../../../../model/presentation';
import { type EntityPlaces } from '../..';
import { fromVsCodeUri, toVsCodeUri } from '../uris';

const SETTING = 'explorer.decorations';

/** Of more at a time VS Code drops some (its limit is 250): then all are to be asked for again. */
const MAX_SINGLE_CHANGES = 200;

export interface FolderDecorationsDeps {
  readonly catalog: CatalogService;
  readonly config: ConfigService;
  readonly places: EntityPlaces;
}

/**
 * Marks folders in the Explorer that are components: with a sign that has no colour of its own, and
 * with a tooltip that tells whose they are. The folder that is open has no row there, unless it is
 * one of several: then the descriptors that lie in it have the mark in its place.
 */
export class FolderDecorations implements vscode.FileDecorationProvider, Disposable {
  #deps: FolderDecorationsDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri[] | undefined>());
  /** Files that have had the mark of a folder without a row. */
  #markedFiles = new Set<string>();

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(deps: FolderDecorationsDeps) {
    this.#deps = deps;
    this.#store.add(deps.places.onDidChange(folders => this.#refresh(folders)));
    this.#store.add(
      deps.config.onDidChange(event => {
        if (event.affects(SETTING)) this.#changed.fire(undefined);
      }),
    );
    this.#store.add(vscode.window.registerFileDecorationProvider(this));
  }

  dispose(): void {
    this.#store.dispose();
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const { catalog, config, places } = this.#deps;
    if (config.get(SETTING) === false || !uri.path.startsWith('/')) return undefined;
    const place = fromVsCodeUri(uri);
    const refs = places.entitiesIn(place);
    const [first, ...others] = refs.length ? refs : this.#entitiesOfRowlessFolder(place);
    const entity = first === undefined ? undefined : catalog.getEntityByRef(first);
    if (!entity) return undefined;
    const owners = ownerRefs(entity).map(shortOwnerRef).join(', ');
    const name = `${entity.kind} ${entityTitle(entity)}`;
    const tooltip = [
      owners ? vscode.l10n.t('{0} · owned by {1}', name, owners) : name,
      others.length ? vscode.l10n.t('and {0} more', others.length) : undefined,
    ];
    return new vscode.FileDecoration('◇', tooltip.filter(Boolean).join(', '));
  }

  /** What stands for the code in a file, if it lies in the one folder that the Explorer is all about. */
  #entitiesOfRowlessFolder(file: string): readonly string[] {
    return dirnameUri(file) === rowlessFolder() ? this.#deps.places.entitiesOfFile(file) : [];
  }

  #refresh(folders: ReadonlySet<string>): void {
    const root = rowlessFolder();
    const uris = new Set(folders);
    if (root !== undefined && folders.has(root)) {
      const files = this.#deps.places.filesIn(root);
      for (const file of [...this.#markedFiles, ...files]) uris.add(file);
      this.#markedFiles = new Set(files);
    }
    const isMany = uris.size > MAX_SINGLE_CHANGES;
    this.#changed.fire(isMany ? undefined : [...uris].map(toVsCodeUri));
  }
}

/** The folder whose content the Explorer shows without a row for itself. */
function rowlessFolder(): string | undefined {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder && vscode.workspace.workspaceFile === undefined
    ? fromVsCodeUri(folder.uri)
    : undefined;
}
