import * as vscode from 'vscode';
import type { OpenPageOptions, PortalPage, PortalService } from '../../../../api';
import { type Disposable, DisposableStore, parseUri } from '../../../../base';
import type { GitClient } from '../../../../platform/core/ports';
import type { JsonRpc, Platform } from '../../../../platform/vscode/platform';
import { mayCause, onDidGrantTrust, readSetting } from '../../../../platform/vscode/trust';
import type { UserServices } from '../../../catalog/vscode';
import { readPictureHosts } from '../../../techdocs/core/pages';
import type { PortalChange } from '../../protocol';
import { portalState } from '../../protocol/validation';
import { editorAnswers } from '../answers/editorAnswers';
import { DocsScrolling } from '../docsScrolling';
import { PortalBackend, type PortalBackendDeps } from '../portalBackend';
import { PortalPanel } from './portalPanel';

/** Setting: web hosts that docs may load pictures from. */
const IMAGE_HOSTS = 'callboard.docs.imageHosts';

/** View type of the portal's editors. */
const VIEW_TYPE = 'callboard.portal';

/** Dependencies of the backend that this class creates. */
type OwnParts =
  | 'drawing'
  | 'entitySearch'
  | 'lastChange'
  | 'pictureHosts'
  | 'placeOf'
  | 'recent'
  | 'starred'
  | 'translate';

export interface PortalPanelsDeps extends Omit<PortalBackendDeps, OwnParts> {
  readonly extensionUri: vscode.Uri;
  readonly git: Pick<GitClient, 'lastChange'>;
  readonly jsonRpc: JsonRpc;
  readonly platform: Pick<Platform, 'clock' | 'programs'>;
  readonly user: UserServices;
}

/** Editors of the portal. Notifies them of changes. */
export class PortalPanels implements PortalService, Disposable {
  #deps: PortalPanelsDeps;
  #store = new DisposableStore();
  #backend: PortalBackend;
  #scrolling: DocsScrolling;
  /** Ordered by last use, the most recent last. */
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
        // Git may run programs that a repository's config names.
        lastChange: async file => (mayCause('gitHistory') ? deps.git.lastChange(file) : undefined),
        pictureHosts,
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
    const notifyPanels = (change: PortalChange): void => {
      for (const panel of this.#panels) panel.notifyChanged(change);
    };
    this.#store.add(this.#backend.onDidChange(notifyPanels));
    // Trust allows local programs to render diagrams.
    this.#store.add(onDidGrantTrust(() => notifyPanels({ pages: 'docs' })));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(IMAGE_HOSTS)) {
          for (const panel of this.#panels) panel.load();
        }
        if (event.affectsConfiguration('callboard.docs')) notifyPanels({ pages: 'docs' });
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
      this.#adopt(panel, page);
    }
  }

  /** Restores an editor after a window reload from the state of its webview. */
  restore(webviewPanel: vscode.WebviewPanel, state: unknown): void {
    const { data } = portalState.safeParse(state);
    this.#adopt(webviewPanel, data?.page ?? { page: 'home' });
  }

  #adopt(webviewPanel: vscode.WebviewPanel, page: PortalPage): void {
    const { techdocs } = this.#deps;
    const panel = new PortalPanel(webviewPanel, page, {
      ...this.#deps,
      pictureHosts,
      createShownCards: onDidChange => this.#backend.createShownCards(onDidChange),
      answers: (targets, shownCards) => [
        ...this.#backend.answers(sent => targets.allow(sent), shownCards),
        ...editorAnswers({ portal: this, targets, techdocs, docs: this.#backend.docs }),
      ],
      onDidShow: () => {
        if (panel.page.page === 'entity') this.#deps.user.recent.view(panel.page.entityRef);
        this.#panels = [...this.#panels.filter(other => other !== panel), panel];
      },
      onDidScroll: line => void this.#scrolling.scrolled(line),
      onDidDispose: () => {
        this.#panels = this.#panels.filter(other => other !== panel);
      },
    });
    this.#panels.push(panel);
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

function pictureHosts(): readonly string[] {
  return readPictureHosts(readSetting(IMAGE_HOSTS));
}

function isOfTasks({ page }: PortalPage): boolean {
  return page === 'task' || page === 'tasks';
}

/** Whether two pages have the same subject and can share an editor. */
function isSame(a: PortalPage, b: PortalPage): boolean {
  if (a.page === 'entity' && b.page === 'entity') return a.entityRef === b.entityRef;
  return a.page === b.page || (isOfTasks(a) && isOfTasks(b));
}
