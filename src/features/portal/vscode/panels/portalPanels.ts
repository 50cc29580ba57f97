import * as vscode from 'vscode';
import type {
  BackstageInstances,
  CatalogService,
  CatalogSourcesService,
  IdentityService,
  OpenPageOptions,
  PortalPage,
  PortalService,
  SearchService,
  StateService,
  TechDocsService,
} from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  parseUri,
} from '../../../../base';
import type { RelationPairs } from '../../../../model';
import type {
  FileChange,
  FileSystem,
  GitClient,
  WorkerPool,
} from '../../../../platform/core/ports';
import type { JsonRpc, Platform } from '../../../../platform/vscode/platform';
import { mayCause, onDidGrantTrust, readSetting } from '../../../../platform/vscode/trust';
import type { UserServices } from '../../../catalog/vscode';
import type { PluginHost, PortalContributions } from '../../../plugins/core';
import type { TemplateForms } from '../../../scaffolder/core/pages';
import { readPictureHosts } from '../../../techdocs/core/pages';
import type { PortalChange } from '../../protocol';
import { editorAnswers } from '../answers/editorAnswers';
import { DocsScrolling } from '../docsScrolling';
import { PortalBackend } from '../portalBackend';
import { PortalPanel } from './portalPanel';

const SETTING = 'callboard.docs.imageHosts';

/** The hosts of the web that docs may load pictures from, as the setting has them. */
class PictureHosts implements Disposable {
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SETTING)) this.#changed.fire();
      }),
    );
  }

  get current(): readonly string[] {
    return readPictureHosts(readSetting(SETTING));
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** Type of the portal's editors. */
const VIEW_TYPE = 'callboard.portal';

export interface PortalPanelsDeps {
  readonly catalog: CatalogService;
  /** Whatever reports that files have changed: the disk and the open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
  readonly contributions: PortalContributions;
  readonly extensionUri: vscode.Uri;
  readonly fileSystem: FileSystem;
  readonly git: Pick<GitClient, 'lastChange'>;
  readonly host: Pick<PluginHost, 'pluginOf'>;
  readonly identity: IdentityService;
  readonly jsonRpc: JsonRpc;
  readonly logger: Logger;
  readonly platform: Pick<Platform, 'clock' | 'programs'>;
  readonly relationPairs: () => RelationPairs;
  readonly search: SearchService;
  readonly sources: CatalogSourcesService;
  readonly instances: BackstageInstances;
  readonly state: StateService;
  readonly techdocs: TechDocsService;
  /** What runs Templates. */
  readonly forms: TemplateForms;
  readonly user: UserServices;
  /** Undefined where there are none to be had. */
  readonly workers: WorkerPool | undefined;
}

/** The editors of the portal, which are kept up with the catalog. */
export class PortalPanels implements PortalService, Disposable {
  #deps: PortalPanelsDeps;
  #store = new DisposableStore();
  #backend: PortalBackend;
  #pictureHosts = this.#store.add(new PictureHosts());
  #scrolling: DocsScrolling;
  /** The one that was active last comes last. */
  #panels: PortalPanel[] = [];

  constructor(deps: PortalPanelsDeps) {
    this.#deps = deps;
    const { starred, recent, entitySearch } = deps.user;
    this.#backend = this.#store.add(
      new PortalBackend({
        ...deps,
        starred,
        recent,
        entitySearch,
        translate: vscode.l10n.t,
        // Git runs what a repository's config names.
        lastChange: async file => (mayCause('gitHistory') ? deps.git.lastChange(file) : undefined),
        pictureHosts: () => this.#pictureHosts.current,
        drawing: {
          programs: deps.platform.programs,
          mayRun: () => mayCause('diagramPrograms'),
          commandOf: program => {
            const command = readSetting(`callboard.docs.${program}`);
            return typeof command === 'string' ? command.trim() : program;
          },
        },
        placeOf: uri => vscode.workspace.asRelativePath(vscode.Uri.from(parseUri(uri))),
      }),
    );
    const { platform, techdocs } = deps;
    this.#scrolling = this.#store.add(
      new DocsScrolling({ clock: platform.clock, techdocs, readers: () => this.#panels }),
    );
    const tell = (change: PortalChange): void => {
      for (const panel of this.#panels) panel.tellChanged(change);
    };
    this.#store.add(this.#backend.onDidChange(tell));
    // Who draws diagrams of docs, and whether anybody does.
    this.#store.add(onDidGrantTrust(() => tell({ pages: 'docs' })));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard.docs')) tell({ pages: 'docs' });
      }),
    );
  }

  get activePage(): PortalPage | undefined {
    return this.#panels.find(panel => panel.isActive)?.page;
  }

  async open(
    page: PortalPage,
    { toSide = false, preserveFocus = false }: OpenPageOptions = {},
  ): Promise<void> {
    const shown = this.#panels.findLast(panel => isSame(panel.page, page)) ?? this.#panels.at(-1);
    if (shown && !toSide) shown.show(page, { preserveFocus });
    else {
      const panel = vscode.window.createWebviewPanel(
        VIEW_TYPE,
        'Callboard',
        {
          viewColumn: toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
          preserveFocus,
        },
        { enableFindWidget: true },
      );
      this.adopt(panel, page);
    }
  }

  /** Fills an editor, be it new or one that the window had before it was reloaded. */
  adopt(webviewPanel: vscode.WebviewPanel, page: PortalPage): void {
    const { techdocs } = this.#deps;
    const panel = new PortalPanel(webviewPanel, page, {
      ...this.#deps,
      pictureHosts: () => this.#pictureHosts.current,
      onDidChangePictureHosts: this.#pictureHosts.onDidChange,
      createShownCards: onDidChange => this.#backend.createShownCards(onDidChange),
      answers: (targets, shownCards) => [
        ...this.#backend.answers(sent => targets.allow(sent), shownCards),
        ...editorAnswers({ portal: this, targets, techdocs, docs: this.#backend.docs }),
      ],
    });
    this.#panels.push(panel);
    panel.onDidShow(() => {
      if (panel.page.page === 'entity') this.#deps.user.recent.view(panel.page.entityRef);
      this.#panels = [...this.#panels.filter(other => other !== panel), panel];
    });
    panel.onDidScroll(line => void this.#scrolling.scrolled(line));
    panel.onDidDispose(() => {
      this.#panels = this.#panels.filter(other => other !== panel);
    });
  }

  /** Goes back or forward in the active editor. */
  go(where: 'back' | 'forward'): void {
    this.#panels.find(panel => panel.isActive)?.go(where);
  }

  dispose(): void {
    this.#store.dispose();
    for (const panel of [...this.#panels]) panel.dispose();
  }
}

function isOfTasks({ page }: PortalPage): boolean {
  return page === 'task' || page === 'tasks';
}

/** Whether two pages are about the same, whatever part of it they show. */
function isSame(a: PortalPage, b: PortalPage): boolean {
  if (a.page === 'entity' && b.page === 'entity') return a.entityRef === b.entityRef;
  return a.page === b.page || (isOfTasks(a) && isOfTasks(b));
}
