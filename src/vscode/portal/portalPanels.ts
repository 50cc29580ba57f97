import * as vscode from 'vscode';
import type {
  CatalogService,
  EntitySearchService,
  LinkTarget,
  PortalPage,
  PortalService,
  StarredEntitiesService,
  StateService,
} from '../../api';
import { type Disposable, DisposableStore, type Logger } from '../../base';
import type { PortalContributions } from '../../core/plugins';
import { EntityPages, HomePage } from '../../core/portal';
import type { RecentEntities } from '../../core/identity';
import type { JsonRpc } from '../platform';
import { editorAnswers } from './editorAnswers';
import { entityAnswers } from './entityAnswers';
import { homeAnswers } from './homeAnswers';
import type { LinkTargets } from './linkTargets';
import { PortalPanel } from './portalPanel';

/** Type of the portal's editors. */
export const PORTAL_VIEW_TYPE = 'callboard.portal';
/** Changes within so many milliseconds are told at once. */
const SETTLE = 10;

export interface PortalPanelsDeps {
  readonly catalog: CatalogService;
  readonly contributions: PortalContributions;
  readonly extensionUri: vscode.Uri;
  readonly jsonRpc: JsonRpc;
  readonly logger: Logger;
  readonly recent: RecentEntities;
  readonly search: EntitySearchService;
  readonly starred: StarredEntitiesService;
  readonly state: StateService;
}

/** The editors of the portal, and what keeps them up with the catalog. */
export class PortalPanels implements PortalService, Disposable {
  #deps: PortalPanelsDeps;
  #pages: EntityPages;
  #home: HomePage;
  #store = new DisposableStore();
  /** The one that was active last comes last. */
  #panels: PortalPanel[] = [];
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: PortalPanelsDeps) {
    this.#deps = deps;
    this.#pages = new EntityPages(deps);
    this.#home = new HomePage(deps);
    const { catalog, contributions, recent, starred } = deps;
    const tell = (): void => this.#tellSoon();
    this.#store.add(catalog.onDidChange(tell));
    this.#store.add(catalog.onDidChangeStatus(tell));
    this.#store.add(starred.onDidChange(tell));
    this.#store.add(recent.onDidChange(tell));
    this.#store.add(this.#home.onDidChange(tell));
    for (const registry of [contributions.cards, contributions.tabs, contributions.homeCards]) {
      this.#store.add(registry.onDidChange(tell));
    }
  }

  async open(page: PortalPage, { toSide = false } = {}): Promise<void> {
    const shown = this.#panels.findLast(panel => isSame(panel.page, page));
    if (shown && !toSide) shown.show(page);
    else if (!toSide && this.#panels.length) this.#panels.at(-1)?.show(page);
    else {
      const panel = vscode.window.createWebviewPanel(
        PORTAL_VIEW_TYPE,
        'Callboard',
        toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
        { enableFindWidget: true },
      );
      this.adopt(panel, page);
    }
  }

  /** Fills an editor, be it new or one that the window had before it was reloaded. */
  adopt(webviewPanel: vscode.WebviewPanel, page: PortalPage): void {
    const allow = (targets: LinkTargets) => (sent: Iterable<LinkTarget>) => targets.allow(sent);
    const pages = this.#pages;
    const home = this.#home;
    const { recent, search, starred, catalog } = this.#deps;
    const panel = new PortalPanel(webviewPanel, page, {
      ...this.#deps,
      answers: targets => [
        ...entityAnswers({ pages, starred, allow: allow(targets) }),
        ...homeAnswers({ home, search, starred, catalog, allow: allow(targets) }),
        ...editorAnswers({ portal: this, targets }),
      ],
    });
    this.#panels.push(panel);
    panel.onDidShow(() => {
      if (panel.page.page === 'entity') recent.view(panel.page.entityRef);
      this.#panels = [...this.#panels.filter(other => other !== panel), panel];
    });
    panel.onDidDispose(() => {
      this.#panels = this.#panels.filter(other => other !== panel);
    });
  }

  /** Goes back or forward in the active editor. */
  go(where: 'back' | 'forward'): void {
    this.#panels.find(panel => panel.isActive)?.go(where);
  }

  dispose(): void {
    clearTimeout(this.#telling);
    this.#store.dispose();
    for (const panel of [...this.#panels]) panel.dispose();
  }

  #tellSoon(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      for (const panel of this.#panels) panel.tellChanged();
    }, SETTLE);
  }
}

/** Whether two pages are about the same, whatever part of it they show. */
function isSame(a: PortalPage, b: PortalPage): boolean {
  if (a.page === 'entity' && b.page === 'entity') return a.entityRef === b.entityRef;
  return a.page === b.page;
}
