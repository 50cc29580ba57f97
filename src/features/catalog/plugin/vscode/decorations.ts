import * as vscode from 'vscode';
import {
  type CatalogService,
  type ConfigService,
  dirnameUri,
  type Disposable,
  DisposableStore,
  entityTitle,
  type EntityViewsService,
  ownerRefs,
  shortOwnerRef,
  type Tone,
} from '../../../../api';
import type {
  CatalogTreeModel,
  CatalogTreeNode,
  EntityPlaces,
  NodeColor,
  NodeDecoration,
} from '..';
import { fromVsCodeUri, toVsCodeUri } from './uris';

/** Scheme of row URIs, which only serve for decorations. */
const SCHEME = 'callboard-entity';

const colors: Readonly<Record<NodeColor, vscode.ThemeColor>> = {
  error: new vscode.ThemeColor('list.errorForeground'),
  warning: new vscode.ThemeColor('list.warningForeground'),
};

/** Returns the URI of a row; undefined if it has no decoration. */
export function decorationUri(node: CatalogTreeNode): vscode.Uri | undefined {
  const path = decorationPath(node);
  return path === undefined ? undefined : vscode.Uri.from({ scheme: SCHEME, path });
}

function decorationPath(node: CatalogTreeNode): string | undefined {
  switch (node.type) {
    case 'entity':
      return `/entity/${node.entityRef}`;
    case 'group':
      return `/group/${node.id}`;
    case 'failed':
      return `/failed/${node.failed.source.document} ${node.failed.source.file}`;
    case 'relation':
    case 'more':
      return undefined;
  }
}

/** Badges of problems in the Catalog tree, as in the Explorer. */
export class EntityDecorations implements vscode.FileDecorationProvider, Disposable {
  #model: CatalogTreeModel;
  #store = new DisposableStore();
  #changed = this.#store.add(new vscode.EventEmitter<undefined>());

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(model: CatalogTreeModel) {
    this.#model = model;
    this.#store.add(model.onDidChange(() => this.#changed.fire(undefined)));
    this.#store.add(vscode.window.registerFileDecorationProvider(this));
  }

  dispose(): void {
    this.#store.dispose();
  }

  provideFileDecoration({ scheme, path }: vscode.Uri): vscode.FileDecoration | undefined {
    if (scheme !== SCHEME) return undefined;
    const decoration = this.#decorationOf(path);
    if (!decoration) return undefined;
    const { badge, color, tooltip } = decoration;
    return new vscode.FileDecoration(badge, tooltip, colors[color]);
  }

  #decorationOf(path: string): NodeDecoration | undefined {
    const [, type, id = ''] = /^\/(entity|group|failed)\/([^]*)$/.exec(path) ?? [];
    if (type === 'entity') return this.#model.decorationOfEntity(id);
    if (type === 'group') return this.#model.decorationOfGroup(id);
    const [, document, file] = /^(\d+) ([^]*)$/.exec(id) ?? [];
    if (file === undefined) return undefined;
    return this.#model.decorationOfFailed({ file, document: Number(document) });
  }
}

const tones: Readonly<Record<Tone, vscode.ThemeColor | undefined>> = {
  none: undefined,
  info: new vscode.ThemeColor('charts.blue'),
  good: new vscode.ThemeColor('charts.green'),
  warning: new vscode.ThemeColor('list.warningForeground'),
  bad: new vscode.ThemeColor('list.errorForeground'),
};

/** Decorations that plugins contribute to entities in the Catalog tree. */
export class ContributedDecorations implements Disposable {
  #store = new DisposableStore();

  constructor(deps: {
    readonly catalog: CatalogService;
    readonly entityViews: EntityViewsService;
  }) {
    const { catalog, entityViews } = deps;
    const changed = this.#store.add(new vscode.EventEmitter<vscode.Uri[] | undefined>());
    const notify = (refs: ReadonlySet<string> | undefined): void => {
      const isMany = refs === undefined || refs.size > MAX_SINGLE_CHANGES;
      changed.fire(
        isMany
          ? undefined
          : [...refs].map(ref => vscode.Uri.from({ scheme: SCHEME, path: `/entity/${ref}` })),
      );
    };
    this.#store.add(entityViews.onDidChangeDecorations(notify));
    this.#store.add(catalog.onDidChange(({ entityRefs }) => notify(entityRefs)));
    const provider = (part: number): vscode.FileDecorationProvider => ({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration({ scheme, path }) {
        if (scheme !== SCHEME || !path.startsWith('/entity/')) return undefined;
        const entity = catalog.getEntityByRef(path.slice('/entity/'.length));
        const decoration = entity && entityViews.decorationsOf(entity)[part];
        if (!decoration) return undefined;
        const { badge, tooltip, tone = 'none' } = decoration;
        return new vscode.FileDecoration(badge, tooltip, tones[tone]);
      },
    });
    // A provider gives one decoration; the editor merges those of several providers.
    for (const part of [0, 1]) {
      this.#store.add(vscode.window.registerFileDecorationProvider(provider(part)));
    }
  }

  dispose(): void {
    this.#store.dispose();
  }
}

const SETTING = 'explorer.decorations';

/**
 * Maximum number of changes to report individually, below VS Code's limit of 250; more are reported
 * as a change of all.
 */
const MAX_SINGLE_CHANGES = 200;

interface FolderDecorationsDeps {
  readonly catalog: CatalogService;
  readonly config: ConfigService;
  readonly places: EntityPlaces;
}

/**
 * Marks component folders in the Explorer with a sign in the default color and a tooltip with their
 * owners. A single open folder has no row there, so the descriptors in it are marked instead.
 */
export class FolderDecorations implements vscode.FileDecorationProvider, Disposable {
  #deps: FolderDecorationsDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri[] | undefined>());
  /** Files that are marked in place of their folder. */
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

  /** Returns the entities of a file that is directly in the single open folder. */
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

/** Returns the single open folder, which the Explorer shows without a row. */
function rowlessFolder(): string | undefined {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder && vscode.workspace.workspaceFile === undefined
    ? fromVsCodeUri(folder.uri)
    : undefined;
}
