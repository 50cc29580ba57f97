import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { PortalPage } from '../../../src/api';
import {
  type DocsLine,
  type DocsPageContent,
  type DocsPageView,
  type DocsPlace,
  type DocsSitesView,
  portalNotifications,
  portalRequests,
} from '../../../src/features/portal/protocol';
import './DocsArticle';
import type { DocsArticle, DocsArticleContext } from './DocsArticle';
import './DocsLightbox';
import type { DocsLightbox } from './DocsLightbox';
import './DocsSearchBox';
import type { DocsHitChosenEvent, DocsSearchBox } from './DocsSearchBox';
import './DocsSites';
import './DocsToc';
import { showLine, visibleLine } from './content/contentUpdater';
import { nextSize, textSizeButtons, DEFAULT_SIZE } from './content/textSize';
import {
  docsEntities,
  docsNav,
  lastChangeLine,
  openInReaderLink,
  isEditable,
  sourceLink,
  turn,
  emptyPageState,
} from './docsParts';
import { builtLine, cachedCopyNotice } from './servedDocs';
import type { PortalContext, PortalPageElement } from '../../portal/portalContext';
import { badge, failedPage, loadingState, usesSingleKeys } from '../../shared/controls';
import { LightElement } from '../../shared/elements/LightElement';
import { Resource } from '../../shared/host/Resource';
import { link, type LinkContext } from '../../shared/links';
import { translate } from '../../shared/translate';

/** Milliseconds after the editor scrolled the page in which scroll events are ignored. */
const ECHO = 150;
/** Milliseconds after a wheel event in which scrolling counts as the user's. */
const WHEEL = 500;

const NO_WORDS: readonly string[] = [];

type Page = Extract<PortalPage, { page: 'docs' }>;

/** Docs reader like TechDocs: a site's navigation, a page, and its table of contents. */
@customElement('callboard-docs-page')
export class DocsPage extends LightElement implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'docs' };
  @property({ attribute: false }) accessor portal!: PortalContext;
  /** Set if the reader is part of an entity page, which already shows the owner. */
  @property({ attribute: false }) accessor around: Pick<LinkContext, 'follow'> | undefined;

  #view = new Resource(this, async signal => {
    const { site, path } = this.page;
    const [view] = await Promise.all([
      this.portal.request(portalRequests.getDocsPage, { site: site ?? '', path }, signal),
      // Loaded before the first rendering, so that the text size doesn't jump.
      (this.#sizeKnown ??= this.#loadTextSize()),
    ]);
    return view;
  });
  @state() accessor #textSize = DEFAULT_SIZE;
  #sizeKnown: Promise<void> | undefined;
  #sites = new Resource(this, signal =>
    this.portal.request(portalRequests.getDocsSites, {}, signal),
  );
  #lastChange = new Resource(this, signal => {
    const { path = '', site = '' } = this.#shown ?? {};
    return this.portal.request(portalRequests.getDocsLastChange, { site, path }, signal);
  });
  /** Page whose last change is loaded. */
  #shown: DocsPlace | undefined;
  #article: DocsArticleContext = {
    follow: (target, options) => this.portal.follow(target, options),
    loadPicture: source => this.#loadPicture(source),
    enlarge: image => void this.querySelector<DocsLightbox>('callboard-docs-lightbox')?.open(image),
    drawDiagram: (request, signal) =>
      this.portal.request(portalRequests.getDocsDiagram, request, signal),
    goTo: anchor => this.portal.replace({ ...this.page, anchor }),
  };
  /** Whether the first page's path is in the location. */
  #isNamed = false;
  #isReporting = false;
  #echoUntil = 0;
  #wheelUntil = 0;
  /** Line that the editor scrolled to, until the user scrolls here. */
  #syncedLine: number | undefined;
  /** Content in which that line was shown. Typed text arrives after its lines. */
  #syncedContent: DocsPageContent | undefined;
  /** Requested anchor, until it is shown. */
  #anchor: string | undefined;
  /** Last search hit that was opened, here or on the search page. */
  @state() accessor #searched:
    | { readonly path: string; readonly words: readonly string[] }
    | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('scroll', this.#scrolled, { passive: true });
    window.addEventListener('wheel', this.#wheeled, { passive: true });
    window.addEventListener('keydown', this.#keyPressed);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('scroll', this.#scrolled);
    window.removeEventListener('wheel', this.#wheeled);
    window.removeEventListener('keydown', this.#keyPressed);
    super.disconnectedCallback();
  }

  revealLine({ site, path, line }: DocsLine): void {
    const article = this.#articleElement;
    if (!article || site !== this.page.site || path !== this.#view.value?.page?.path) return;
    this.#syncedLine = line;
    this.#showSyncedLine(article);
  }

  #showSyncedLine(article: DocsArticle): void {
    if (this.#syncedLine === undefined) return;
    this.#syncedContent = this.#view.value?.page;
    this.#echoUntil = performance.now() + ECHO;
    article.release();
    showLine(article, this.#syncedLine);
  }

  async #resync(): Promise<void> {
    const article = this.#articleElement;
    await article?.updateComplete;
    if (article) this.#showSyncedLine(article);
  }

  #wheeled = (): void => {
    this.#syncedLine = undefined;
    this.#wheelUntil = performance.now() + WHEEL;
  };

  /**
   * Reports the user's scroll position to the Markdown editor, at most once per frame. Ignores
   * scrolling by the editor and by content changes.
   */
  #scrolled = (): void => {
    const now = performance.now();
    const isUserScroll = document.hasFocus() || now < this.#wheelUntil;
    if (this.#isReporting || !isUserScroll || now < this.#echoUntil) return;
    this.#syncedLine = undefined;
    this.#isReporting = true;
    requestAnimationFrame(() => {
      this.#isReporting = false;
      const article = this.#articleElement;
      const { site, page } = this.#view.value ?? {};
      if (!article || !site || !page) return;
      const line = visibleLine(article);
      this.portal.notify(portalNotifications.scrolled, { site: site.id, path: page.path, line });
    });
  };

  refresh(): void {
    void this.#current.reload();
  }

  async #loadTextSize(): Promise<void> {
    this.#textSize = await this.portal.request(portalRequests.getDocsTextSize, {});
    this.#showSize();
  }

  get #current(): Resource<DocsPageView> | Resource<DocsSitesView> {
    return this.page.site === undefined ? this.#sites : this.#view;
  }

  /** Returns the current view if it is up to date. */
  get #readyView(): DocsPageView | undefined {
    const { state } = this.#view;
    return state.status === 'ready' && !state.isStale ? state.value : undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    const before = changed.get('page');
    this.#isNamed = false;
    this.#syncedLine = undefined;
    this.#anchor = this.page.anchor;
    const { path, words } = this.page;
    if (path !== undefined && words) this.#searched = { path, words };
    // Within a site, keeps the current page until the next one is loaded.
    const isSame = before?.site === this.page.site && this.#current.value !== undefined;
    if (isSame) void this.#current.reload();
    else void this.#current.reset();
  }

  protected override updated(): void {
    const { site, page } = this.#readyView ?? {};
    if (this.page.site === undefined) this.portal.setTitle(translate('Docs'));
    else if (site) this.portal.setTitle(page ? `${page.title} · ${site.title}` : site.title);
    this.#loadLastChange();
    // Adds the first page's path to the location, once.
    if (page && this.page.path === undefined && !this.#isNamed) {
      this.#isNamed = true;
      this.portal.replace({ ...this.page, path: page.path });
    }
    if (page && this.#anchor !== undefined) void this.#reveal(this.#anchor);
    if (page && this.#syncedLine !== undefined && page !== this.#syncedContent) void this.#resync();
  }

  /** Loads the last change after the page, since git is slower, and only once per page. */
  #loadLastChange(): void {
    const { site, page } = this.#readyView ?? {};
    if (!site || !page) return;
    if (this.#shown?.site === site.id && this.#shown.path === page.path) return;
    this.#shown = { site: site.id, path: page.path };
    void this.#lastChange.reset();
  }

  protected override render(): TemplateResult {
    const { state } = this.#current;
    if (state.status === 'loading') return loadingState();
    if (state.status === 'failed') return failedPage(state.message, () => this.refresh());
    const context: LinkContext = {
      glances: state.value.glances,
      follow: (target, options) => this.portal.follow(target, options),
    };
    return 'sites' in state.value
      ? html`<callboard-docs-sites .view=${state.value} .context=${context}></callboard-docs-sites>`
      : this.#site(state.value, context);
  }

  #site(view: DocsPageView, context: LinkContext): TemplateResult {
    const { site, page } = view;
    return html`<div class="docs-page ${this.around ? 'is-within' : ''}">
      <div class="docs-nav">
        <p class="docs-site">
          ${link(site.title, { type: 'page', page: { page: 'docs', site: site.id } }, context)}
        </p>
        <callboard-docs-search
          .site=${site.id}
          @docs-hit-chosen=${(event: DocsHitChosenEvent) => this.#openHit(event)}
        ></callboard-docs-search>
        ${docsNav(view, { page: page?.path ?? this.page.path, context })}
      </div>
      ${page ? this.#content(view, page, context) : this.#emptyState(view, context)}
      <callboard-docs-lightbox></callboard-docs-lightbox>
    </div>`;
  }

  #content(view: DocsPageView, page: DocsPageContent, context: LinkContext): TemplateResult {
    return html`<div class="docs-main" tabindex="-1">
        ${this.#entities(view, context)}
        <header class="docs-bar">
          ${
            page.breadcrumbs.length
              ? html`<nav aria-label=${translate('Breadcrumbs')} class="docs-crumbs">
                  ${[view.site.title, ...page.breadcrumbs].map(crumb => html`<span>${crumb}</span>`)}
                </nav>`
              : nothing
          }
          ${
            page.problems.length
              ? html`<span title=${page.problems.join('\n')}
                  >${badge(translate('Problems: {0}', page.problems.length), 'warning')}</span
                >`
              : nothing
          }
        </header>
        ${view.server?.kept ? cachedCopyNotice(view.server.kept, view.server.name) : nothing}
        <div class="docs-tools">
          ${this.around ? openInReaderLink(view, page, this.around) : nothing}
          ${textSizeButtons(this.#textSize, size => this.#setTextSize(size))}
          ${sourceLink(view, page, { context, edit: () => this.#edit(page) })}
        </div>
        ${keyed(
          page.path,
          html`<callboard-docs-article
            class="docs-article"
            data-path=${page.path}
            .content=${page}
            .context=${this.#article}
            .words=${this.#searched?.path === page.path ? this.#searched.words : NO_WORDS}
          ></callboard-docs-article>`,
        )}
        ${lastChangeLine(this.#lastChange.value)}${builtLine(view.server)}
        <nav class="docs-turn" aria-label=${translate('Previous and next page')}>
          ${turn(view, page.previous, translate('Previous'), 'arrow-left', context)}
          ${turn(view, page.next, translate('Next'), 'arrow-right', context)}
        </nav>
      </div>
      <callboard-docs-toc
        class="docs-toc"
        .headings=${page.headings}
        .goTo=${this.#goTo}
      ></callboard-docs-toc>`;
  }

  #entities({ site }: DocsPageView, context: LinkContext): TemplateResult | typeof nothing {
    return this.around ? nothing : docsEntities(site.entityRefs, context);
  }

  #emptyState(view: DocsPageView, context: LinkContext): TemplateResult {
    return html`<div class="docs-main" tabindex="-1">
      ${this.#entities(view, context)}
      <h1 class="visually-hidden">${view.site.title}</h1>
      ${emptyPageState(view, {
        context,
        isFirst: this.page.path === undefined,
        reload: () => this.refresh(),
        build: () => void this.#build(view.site.id),
      })}
    </div>`;
  }

  async #build(site: string): Promise<void> {
    await this.portal.request(portalRequests.buildDocs, { site });
    // Refreshes even if the docs haven't changed.
    this.refresh();
  }

  /** Changes the text size and keeps the topmost line in place. */
  #setTextSize(size: number): void {
    if (size === this.#textSize || !this.#view.value?.page) return;
    const article = this.#articleElement;
    // Pages built by Backstage have no line numbers.
    const hasLines = this.#view.value.page.file !== undefined;
    const line = article && hasLines ? visibleLine(article) : null;
    this.#textSize = size;
    this.#showSize();
    if (article && line !== null) showLine(article, line);
    void this.portal.request(portalRequests.setDocsTextSize, { size });
  }

  #showSize(): void {
    this.style.setProperty('--docs-text-size', String(this.#textSize / 100));
  }

  /** Opens a search hit and highlights the search words. */
  #openHit({ hit: { anchor, path }, words, toSide }: DocsHitChosenEvent): void {
    const { site = '' } = this.page;
    const page = { page: 'docs', site, path, ...(anchor !== undefined && { anchor }) } as const;
    if (!toSide) {
      this.#searched = { path, words };
      // Focuses the page, so that keys scroll it.
      this.querySelector<HTMLElement>('.docs-main')?.focus({ preventScroll: true });
    }
    // Following a link to the current location has no effect.
    const isHere = path === this.page.path && anchor === this.page.anchor;
    if (toSide || !isHere) this.portal.follow({ type: 'page', page }, { toSide });
    else if (anchor === undefined) window.scrollTo(0, 0);
    else void this.#reveal(anchor);
  }

  #keyPressed = (event: KeyboardEvent): void => {
    const { key, target } = event;
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select');
    if (event.defaultPrevented || isTyping || event.ctrlKey || event.metaKey || event.altKey)
      return;
    // The lightbox has its own keys, and the browser closes it.
    if (this.querySelector('dialog[open]')) return;
    const direction = key === '-' ? 'smaller' : 'larger';
    if (key === 'Escape' && this.#searched) this.#clearWords();
    else if (!usesSingleKeys()) return;
    else if (key === '+' || key === '=' || key === '-') {
      this.#setTextSize(nextSize(this.#textSize, direction));
    } else if (key === '0') this.#setTextSize(DEFAULT_SIZE);
    else if (key === 'e' && isEditable(this.#readyView)) this.#edit(this.#readyView.page);
    else if (key === '/' && this.page.site !== undefined) {
      this.querySelector<DocsSearchBox>('callboard-docs-search')?.focus();
    } else return;
    event.preventDefault();
  };

  /** Removes the highlights, also for the next time that this page is shown. */
  #clearWords(): void {
    this.#searched = undefined;
    const { words, ...page } = this.page;
    if (!words) return;
    this.page = page;
    this.portal.replace(page);
  }

  /** Opens the Markdown at the topmost visible line. */
  #edit(page: DocsPageContent): void {
    const article = this.#articleElement;
    const line = article ? visibleLine(article) : 0;
    const request = { site: this.page.site ?? '', path: page.path, line };
    void this.portal.request(portalRequests.editDocs, request);
  }

  #goTo = (id: string): void => {
    if (this.#articleElement?.reveal(id)) this.portal.replace({ ...this.page, anchor: id });
  };

  async #reveal(anchor: string): Promise<void> {
    await this.#articleElement?.updateComplete;
    if (this.#articleElement?.reveal(anchor)) this.#anchor = undefined;
  }

  get #articleElement(): DocsArticle | null {
    return this.querySelector<DocsArticle>('callboard-docs-article');
  }

  async #loadPicture(source: string): Promise<string | undefined> {
    const { site, path } = this.page;
    const page = this.#view.value?.page?.path ?? path;
    const request = { site: site ?? '', path: page ?? '', source };
    const picture = await this.portal.request(portalRequests.getDocsPicture, request);
    // Messages turn undefined into `null`.
    return picture ? `data:${picture.type};base64,${picture.base64}` : undefined;
  }
}
