import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { LinkTarget, PortalPage } from '../../../../src/api';
import {
  type FetchedEntity,
  type EntityCardView,
  type EntityGlance,
  type EntityPageView,
  portalRequests,
  type SourceMark,
} from '../../../../src/features/portal/protocol';
import { writePlaceInDocs } from '../../../../src/model/presentation';
import { type LoadCardOptions, refreshCards } from '../../../portal/CardSlot';
import type { PortalContext, PortalPageElement } from '../../../portal/portalContext';
import { ViewElement } from '../../../portal/ViewElement';
import {
  badge,
  button,
  dateOf,
  emptyState,
  icon,
  iconButton,
  lifecycleBadge,
  loadingState,
  secondaryButton,
  skeleton,
  starButton,
} from '../../../shared/controls';
import { Resource } from '../../../shared/host/Resource';
import { entityLink, entityMenu, link, type LinkContext } from '../../../shared/links';
import { translate, translateCount } from '../../../shared/translate';
import type { DocsPage } from '../../techdocs/DocsPage';
import { itself, keyedList } from '../../../shared/keyedList';

type Page = Extract<PortalPage, { page: 'entity' }>;

/** Badge of a source, in its color. */
function sourceMark(text: string, { color, asOf }: SourceMark): TemplateResult {
  return html`<span class="inline-row source-mark" data-color=${color ?? ''}
    >${icon('database')}${
      asOf === undefined ? text : translate('{0}, as of {1}', text, dateOf(asOf, 'short'))
    }</span
  >`;
}

/** Page of an entity: header, tabs, and the cards of a tab. */
@customElement('callboard-entity-page')
export class EntityPage extends ViewElement<EntityPageView> implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'entity', entityRef: '' };

  /** Tabs from the last loaded card, with the view they belong to. */
  @state() accessor #latestTabs:
    | { readonly view: EntityPageView; readonly tabs: EntityPageView['tabs'] }
    | undefined;

  /** Result of looking up a missing entity in the connected Backstages. */
  #answer = new Resource<FetchedEntity>(this, async signal => {
    const { entityRef } = this.page;
    const answer = await this.portal.request(portalRequests.fetchEntity, { entityRef }, signal);
    if (answer.isThere) await this.view.reload();
    return answer;
  });
  /** Ref of the entity that was looked up. Looked up once unless the user repeats it. */
  #lookedUpRef: string | undefined;
  @state() accessor #isCancelled = false;

  /** Links within docs on a tab stay on it. `anchor` stores the docs page. */
  #docs: PortalContext = {
    request: (...request) => this.portal.request(...request),
    notify: (...notification) => this.portal.notify(...notification),
    follow: (target, options) => {
      const page = target.type === 'page' && !options.toSide ? target.page : undefined;
      const isSame = page?.page === 'docs' && page.site === this.docs?.page.site;
      this.portal.follow(isSame ? { type: 'page', page: this.#with(page) } : target, options);
    },
    replace: page => {
      if (page.page === 'docs') this.portal.replace(this.#with(page));
    },
    setTitle: () => undefined,
  };

  get docs(): DocsPage | undefined {
    return this.querySelector<DocsPage>('callboard-docs-page') ?? undefined;
  }

  /** Returns this page with a docs page selected on the current tab. */
  #with({ path, anchor }: DocsPage['page']): PortalPage {
    const { entityRef } = this.page;
    const place = path === undefined ? undefined : writePlaceInDocs({ path, anchor });
    return { page: 'entity', entityRef, tab: this.view.value?.tab, anchor: place };
  }

  protected override load(signal: AbortSignal): Promise<EntityPageView> {
    const { entityRef, tab, anchor } = this.page;
    return this.portal.request(portalRequests.getEntityPage, { entityRef, tab, anchor }, signal);
  }

  refreshCards(cards: readonly string[]): void {
    void refreshCards(this, cards, this.#loadCard);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    const before = changed.get('page');
    if (before?.entityRef === this.page.entityRef) void this.view.reload();
    else {
      this.#answer.stop();
      this.#lookedUpRef = undefined;
      void this.view.reset();
    }
  }

  protected override updated(): void {
    const title = this.view.value?.glance.title;
    if (title !== undefined) this.portal.setTitle(title);
  }

  protected override drawLoading(): TemplateResult {
    const line = html`<span class="skeleton-line"></span>`;
    const card = html`<div class="card card-slot">${line}${line}${line}</div>`;
    return skeleton(
      html`<div class="entity-header">${line}${line}</div>
        <div class="tabs"></div>
        <div class="cards">${card}${card}${card}${card}</div>`,
      'page entity-page entity-skeleton',
    );
  }

  protected override draw(view: EntityPageView): TemplateResult {
    const context: LinkContext = {
      glances: view.glances,
      follow: this.portal.follow,
      docs: this.#docs,
    };
    if (!view.glance.exists) return this.#missing(view, context);
    const tabs = this.#latestTabs?.view === view ? this.#latestTabs.tabs : view.tabs;
    return html`<article class="page entity-page" aria-label=${view.glance.title}>
      ${this.#header(view, context)} ${this.#tabs({ ...view, tabs })}
      <div class="cards" role="tabpanel" aria-labelledby="tab-${view.tab ?? ''}">
        ${repeat(
          view.cards,
          ({ id }) => `${view.tab}/${id}`,
          card =>
            html`<callboard-card
              class="card-slot width-${card.width}"
              data-card=${card.id}
              .card=${card}
              .load=${this.#loadCard}
              .context=${context}
              .isBare=${true}
            ></callboard-card>`,
        )}
        ${view.cards.length ? nothing : emptyState({ text: translate('Nothing to show.') })}
      </div>
    </article>`;
  }

  #loadCard = async (card: string, { signal, again }: LoadCardOptions): Promise<EntityCardView> => {
    const { entityRef, anchor } = this.page;
    const request = { entityRef, tab: this.view.value?.tab, anchor, card, again };
    const answer = await this.portal.request(portalRequests.getEntityCard, request, signal);
    const view = this.view.value;
    if (answer.tabs && view?.entityRef === entityRef) {
      this.#latestTabs = { view, tabs: answer.tabs };
    }
    return answer;
  };

  #header(
    { glance, source, from, alsoIn = [] }: EntityPageView,
    context: LinkContext,
  ): TemplateResult {
    const { ref, kind, title, name, namespace, type, isStarred } = glance;
    const starTitle = isStarred ? translate('Unstar') : translate('Star');
    return html`<header class="entity-header">
      <div class="row entity-heading">
        <span class="entity-header-icon" title=${kind}>${icon(glance.icon)}</span>
        <div class="entity-names">
          <p class="entity-overline">
            ${kind}${type === undefined ? nothing : html` · ${type}`}${
              namespace === 'default' ? nothing : html` · ${namespace}`
            }
            ${
              from
                ? sourceMark(translate('from {0}', from.name), from)
                : alsoIn.map(mark => sourceMark(translate('also in {0}', mark.name), mark))
            }
          </p>
          <h1>
            ${title}${title === name ? nothing : html` <span class="entity-name">${name}</span>`}
          </h1>
        </div>
        ${glance.problems ? this.#problems(glance, context) : nothing}
        <div class="row entity-actions">
          ${starButton(starTitle, isStarred, () => this.#star(ref, !isStarred))}
          ${iconButton('link', translate('Copy Link'), () => this.#copyLink())}
          <button
            type="button"
            class="icon-button"
            title=${translate('Actions…')}
            aria-label=${translate('Actions…')}
            aria-haspopup="menu"
            data-vscode-context=${entityMenu(ref, { isEditable: source && !from })}
            @click=${openMenu}
          >
            ${icon('kebab-vertical')}
          </button>
          ${
            source
              ? link(
                  from
                    ? html`${icon('go-to-file')}${translate('Open')}`
                    : html`${icon('edit')}${translate('Edit')}`,
                  { type: 'source', file: source.file, range: source.nameRange },
                  context,
                  { className: 'button', title: translate('Open descriptor at this entity') },
                )
              : nothing
          }
        </div>
      </div>
      ${this.#facts(glance, context)}
    </header>`;
  }

  #facts(glance: EntityGlance, context: LinkContext): TemplateResult | typeof nothing {
    const { owners, system, lifecycle } = glance;
    // Groups and users usually have no owner.
    const hasOwner = owners.length > 0 || !isOwnerless(glance);
    if (!hasOwner && system === undefined && lifecycle === undefined) return nothing;
    const fact = (label: string, value: unknown): TemplateResult =>
      html`<div>
        <dt>${label}</dt>
        <dd>${value}</dd>
      </div>`;
    const nobody = html`<span class="nothing">${translate('No owner')}</span>`;
    return html`<dl class="entity-facts">
      ${
        hasOwner
          ? fact(
              translate('Owner'),
              owners.length ? owners.map(owner => entityLink(owner, context)) : nobody,
            )
          : nothing
      }
      ${system === undefined ? nothing : fact(translate('System'), entityLink(system, context))}
      ${lifecycle === undefined ? nothing : fact(translate('Lifecycle'), lifecycleBadge(lifecycle))}
    </dl>`;
  }

  #problems({ ref, problems }: EntityGlance, context: LinkContext): TemplateResult {
    const text = translateCount(problems, { one: '{0} problem', other: '{0} problems' });
    return link(
      html`${icon('warning')}${text}`,
      { type: 'page', page: { page: 'entity', entityRef: ref, tab: 'problems' } },
      context,
      { className: 'entity-problems' },
    );
  }

  #tabs({ tabs, tab: current }: EntityPageView): TemplateResult {
    return html`<div
      class="tabs"
      role="tablist"
      aria-label=${translate('Tabs')}
      @keydown=${this.#tabKeyPressed}
    >
      ${keyedList(
        tabs,
        ({ id }) => id,
        ({ id, title, icon: name, badge: count }) =>
          html`<button
            id="tab-${id}"
            class="tab"
            role="tab"
            aria-selected=${id === current ? 'true' : 'false'}
            tabindex=${id === current ? 0 : -1}
            data-tab=${id}
            @click=${() => this.#openTab(id)}
          >
            ${icon(name)}${title}${count ? badge(`${count}`) : nothing}
          </button>`,
      )}
    </div>`;
  }

  #missing(
    { glance, status, failed, referredToBy, mayBeIn }: EntityPageView,
    context: LinkContext,
  ): TemplateResult {
    if (!failed.length && (status === 'idle' || status === 'indexing')) {
      return loadingState(translate('Loading the catalog…'));
    }
    if (mayBeIn && this.#lookedUpRef !== glance.ref) this.#ask(glance.ref);
    const answer = this.#answer.state;
    if (mayBeIn && answer.status === 'loading' && !this.#isCancelled) {
      return html`<div class="page" aria-busy="true">
        <h1 class="visually-hidden">${glance.ref}</h1>
        ${loadingState(translate('Looking up {1} in {0}…', mayBeIn.join(', '), glance.ref))}
        <div class="state-actions">
          ${secondaryButton(translate('Cancel'), () => this.#cancel())}
        </div>
      </div>`;
    }
    const found = answer.status === 'failed' ? answer.message : this.#answer.value?.problem;
    const problem = mayBeIn && found;
    return html`<article class="page">
      ${emptyState({
        isPage: true,
        icon: 'search-stop',
        text: translate('{0} is not in the catalog.', glance.ref),
        detail: failed.length
          ? translate('A descriptor with this name has errors.')
          : referredToBy.length
            ? translate('Other entities still refer to it.')
            : translate('It may have been renamed or removed, or another branch is checked out.'),
        actions: html`${problem === undefined ? nothing : html`<p class="state-detail" role="alert">${problem}</p>`}
          <div class="state-actions">
            ${mayBeIn ? button(translate('Look Up Again'), () => this.#ask(glance.ref)) : nothing}
            ${failed.map(({ source: { file, nameRange: range } }) =>
              link(translate('Open Descriptor'), { type: 'source', file, range }, context, {
                className: 'button',
              }),
            )}
            ${link(
              translate('Browse Catalog'),
              { type: 'page', page: { page: 'catalog' } } satisfies LinkTarget,
              context,
              { className: 'button is-secondary' },
            )}
          </div>`,
      })}
      ${
        referredToBy.length
          ? html`<section class="card width-full">
              <h2>${translate('Referenced by')}</h2>
              <ul class="links">
                ${keyedList(referredToBy, itself, ref => html`<li>${entityLink(ref, context, { showsKind: true })}</li>`)}
              </ul>
            </section>`
          : nothing
      }
    </article>`;
  }

  #ask(entityRef: string): void {
    this.#lookedUpRef = entityRef;
    this.#isCancelled = false;
    void this.#answer.reset();
  }

  #cancel(): void {
    this.#isCancelled = true;
    this.#answer.stop();
  }

  #openTab(tab: string): void {
    const { entityRef } = this.page;
    this.portal.follow(
      { type: 'page', page: { page: 'entity', entityRef, tab } },
      { toSide: false },
    );
  }

  #tabKeyPressed = (event: KeyboardEvent): void => {
    const tabs = [...this.querySelectorAll<HTMLElement>('[role=tab]')];
    const index = tabs.findIndex(tab => tab === event.target);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[
      event.key
    ];
    const tab = next === undefined ? undefined : tabs.at(next % tabs.length);
    if (!tab) return;
    event.preventDefault();
    tab.focus();
    this.#openTab(tab.dataset['tab'] ?? '');
  };

  #copyLink(): void {
    const { tab } = this.view.value ?? {};
    const page: Page = { ...this.page, tab };
    void this.portal.request(portalRequests.copyLink, { page });
  }

  #star(entityRef: string, isStarred: boolean): void {
    void this.portal.request(portalRequests.setStarred, { entityRef, isStarred });
  }
}

/** Opens the editor's context menu of an element at the element. */
function openMenu({ currentTarget }: MouseEvent): void {
  const button = currentTarget as HTMLElement;
  const { left, bottom } = button.getBoundingClientRect();
  const place = { clientX: left, clientY: bottom };
  button.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }),
  );
}

function isOwnerless({ kind }: EntityGlance): boolean {
  return ['group', 'user', 'location'].includes(kind.toLowerCase());
}
