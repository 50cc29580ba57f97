import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MessageConnection } from 'vscode-jsonrpc/browser';
import type { LinkTarget, PortalPage } from '../../src/api';
import { errorMessage } from '../../src/base';
import {
  apisPage,
  hostNotifications,
  type PortalChange,
  portalNotifications,
  portalRequests,
  RELOAD_COMMAND,
} from '../../src/features/portal/protocol';
import { COPY_EVENT, failedPage, icon, iconButton, loadingState } from '../shared/controls';
import { LightElement } from '../shared/elements/LightElement';
import { answerAsApp } from '../shared/host/appRequest';
import { requestWithSignal } from '../shared/host/connection';
import { HostWatch } from '../shared/host/HostWatch';
import { translate } from '../shared/translate';
import { type Navigation, ScrollKeeper } from './navigation';
import type { PortalContext, PortalPageElement } from './portalContext';

/** Frame of all pages, with navigation and history. */
@customElement('callboard-app')
export class PortalApp extends LightElement {
  @property({ attribute: false }) accessor connection: MessageConnection | undefined;
  @property({ attribute: false }) accessor navigation: Navigation | undefined;
  @state() accessor #element: PortalPageElement | undefined;
  @state() accessor #failure: string | undefined;

  #portal: PortalContext = {
    request: (type, params, signal = new AbortController().signal) => {
      if (!this.connection) throw new Error('Not connected to the host');
      return this.#watch.watch(requestWithSignal(this.connection, type, params, signal));
    },
    notify: (type, params) => void this.connection?.sendNotification(type.method, params),
    follow: (target, options) => this.#follow(target, options),
    replace: page => {
      this.navigation?.replace(page);
      this.#reportShown();
    },
    setTitle: title => {
      this.#title = title;
      this.#reportShown();
    },
  };
  #watch = new HostWatch({
    ping: async () => this.connection?.sendRequest(portalRequests.ping.method, {}),
    onDidChange: () => this.requestUpdate(),
  });
  #scroll: ScrollKeeper | undefined;
  #title = 'Callboard';
  #lastShown = '';

  override connectedCallback(): void {
    super.connectedCallback();
    answerAsApp(this, (...request) => this.#portal.request(...request));
    const { connection } = this;
    connection?.onNotification(hostNotifications.show, page => this.#open(page));
    connection?.onNotification(hostNotifications.changed, change => {
      const page = this.navigation?.page;
      if (page && isConcerned(page, change)) this.#element?.refresh();
      else if (change.cards) this.#element?.refreshCards?.(change.cards);
      const docs = this.#element?.docs;
      if (docs && isConcerned(docs.page, change)) docs.refresh();
    });
    connection?.onNotification(hostNotifications.revealLine, line =>
      (this.#element?.docs ?? this.#element)?.revealLine?.(line),
    );
    connection?.onNotification(hostNotifications.go, where => this.#go(where));
    this.#portal.notify(portalNotifications.ready, {});
    // Back and forward buttons of a mouse.
    window.addEventListener('mouseup', event => {
      if (event.button === 3) this.#go('back');
      if (event.button === 4) this.#go('forward');
    });
    if (this.navigation) this.#scroll = new ScrollKeeper(this.navigation);
    this.addEventListener(COPY_EVENT, event => {
      const text: unknown = event instanceof CustomEvent ? event.detail : undefined;
      if (typeof text === 'string') void this.#portal.request(portalRequests.copy, { text });
    });
    void this.#show();
  }

  protected override render(): TemplateResult {
    const { navigation } = this;
    return html`<header class="row app-bar">
        <div class="app-history" role="group" aria-label=${translate('History')}>
          ${iconButton('arrow-left', translate('Back'), () => this.#go('back'), {
            isDisabled: !navigation?.canGoBack,
          })}
          ${iconButton('arrow-right', translate('Forward'), () => this.#go('forward'), {
            isDisabled: !navigation?.canGoForward,
          })}
        </div>
        <nav class="app-nav" aria-label=${translate('Pages')}>
          ${pageTabs().map(({ page, title, icon: name }) => {
            const isCurrent = navigation && tabOf(navigation.page) === tabOf(page);
            return html`<button
              class="tab app-tab"
              title=${title}
              aria-current=${isCurrent ? 'page' : nothing}
              @click=${() => this.#open(page)}
            >
              ${icon(name)}<span>${title}</span>
            </button>`;
          })}
        </nav>
      </header>
      ${this.#watch.isStopped ? stoppedNote() : nothing}
      <main class="app-main">
        ${
          this.#failure === undefined
            ? (this.#element ?? loadingState())
            : failedPage(this.#failure, () => void this.#show())
        }
      </main>`;
  }

  #follow(target: LinkTarget, { toSide }: { readonly toSide: boolean }): void {
    const page = pageOf(target);
    if (page && !toSide) this.#open(page);
    else {
      this.#portal.request(portalRequests.follow, { target, toSide }).catch((error: unknown) => {
        this.#report(error);
      });
    }
  }

  #open(page: PortalPage): void {
    this.#scroll?.leave(() => this.navigation?.open(page));
    void this.#show();
  }

  #go(where: 'back' | 'forward'): void {
    this.#scroll?.leave(() => {
      if (where === 'back') this.navigation?.goBack();
      else this.navigation?.goForward();
    });
    void this.#show();
  }

  /** Shows the current page. Reuses the element if it shows the same type of page. */
  async #show(): Promise<void> {
    const page = this.navigation?.page;
    if (!page) return;
    try {
      await elements[page.page]();
      if (page !== this.navigation?.page) return;
      this.#failure = undefined;
      const tag = `callboard-${page.page}-page`;
      const element =
        this.#element?.localName === tag
          ? this.#element
          : (document.createElement(tag) as PortalPageElement);
      element.portal = this.#portal;
      element.page = page;
      this.#element = element;
      this.requestUpdate();
      this.#scroll?.restore();
    } catch (error) {
      this.#report(error);
      this.#failure = errorMessage(error);
    }
  }

  #reportShown(): void {
    const page = this.navigation?.page;
    if (!page) return;
    const shown = { page, title: this.#title };
    const json = JSON.stringify(shown);
    if (json === this.#lastShown) return;
    this.#lastShown = json;
    this.#portal.notify(portalNotifications.shown, shown);
  }

  #report(error: unknown): void {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#portal.notify(portalNotifications.failed, { message, stack });
  }
}

function pageOf(target: LinkTarget): PortalPage | undefined {
  if (target.type === 'page') return target.page;
  if (target.type === 'entity') return { page: 'entity', entityRef: target.entityRef };
  return undefined;
}

function isConcerned(page: PortalPage, { pages, tasks, search }: PortalChange): boolean {
  if (pages === 'all') return true;
  if (page.page === 'search') return search === true;
  if (page.page === 'create' || page.page === 'task' || page.page === 'tasks') {
    return tasks === true;
  }
  if (page.page !== 'docs') return false;
  // Without a path, the docs page isn't known yet.
  const isIt = ({ site, path }: { readonly site: string; readonly path: string }): boolean =>
    site === page.site && (page.path === undefined || path === page.path);
  return pages === 'docs' || pages.some(isIt);
}

/** The extension can't be reached to reload the window, but VS Code runs commands of links that the panel allows. */
function stoppedNote(): TemplateResult {
  return html`<div class="row app-stopped" role="alert">
    ${icon('warning')}
    <span>${translate("Callboard doesn't respond.")}</span>
    <a href="command:${RELOAD_COMMAND}">${translate('Reload Window')}</a>
  </div>`;
}

/** Loads the element of a page type, `callboard-…-page`. */
const elements: Readonly<Record<PortalPage['page'], () => Promise<unknown>>> = {
  home: () => import('../features/portal/home/HomePage'),
  catalog: () => import('../features/catalog/table/CatalogPage'),
  docs: () => import('../features/techdocs/DocsPage'),
  entity: () => import('../features/catalog/entity/EntityPage'),
  graph: () => import('../features/catalog/graph/GraphPage'),
  create: () => import('../features/scaffolder/create/CreatePage'),
  template: () => import('../features/scaffolder/template/TemplatePage'),
  task: () => import('../features/scaffolder/task/TaskPage'),
  tasks: () => import('../features/scaffolder/task/TasksPage'),
  search: () => import('../features/search/SearchPage'),
  organization: () => import('../features/catalog/organization/OrganizationPage'),
};

/** Identifies the tab of a page. The table of APIs has its own tab. */
function tabOf(page: PortalPage): string {
  if (page.page === 'catalog') return page.query?.kind === 'api' ? 'apis' : 'catalog';
  return ['template', 'tasks', 'task'].includes(page.page) ? 'create' : page.page;
}

/** Pages in the navigation bar. */
function pageTabs(): readonly {
  readonly page: PortalPage;
  readonly title: string;
  readonly icon: string;
}[] {
  return [
    { page: { page: 'home' }, title: translate('Home'), icon: 'home' },
    { page: { page: 'catalog' }, title: translate('Catalog'), icon: 'table' },
    { page: apisPage, title: translate('APIs'), icon: 'plug' },
    { page: { page: 'graph' }, title: translate('Graph'), icon: 'type-hierarchy' },
    { page: { page: 'organization' }, title: translate('Organization'), icon: 'organization' },
    { page: { page: 'docs' }, title: translate('Docs'), icon: 'book' },
    { page: { page: 'create' }, title: translate('Create'), icon: 'add' },
    { page: { page: 'search' }, title: translate('Search'), icon: 'search' },
  ];
}
