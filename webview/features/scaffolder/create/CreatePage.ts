import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { LinkTarget, PortalPage } from '../../../../src/api';
import {
  type CreatePageView,
  portalRequests,
  type TaskRow,
  type TemplateCard,
  type TemplateCategory,
} from '../../../../src/features/portal/protocol';
import { templateIcon } from '../../../../src/model/presentation';
import type { PortalPageElement } from '../../../portal/portalContext';
import { ViewElement } from '../../../portal/ViewElement';
import {
  badge,
  button,
  emptyState,
  filterBox,
  icon,
  select,
  starButton,
} from '../../../shared/controls';
import { entityLink, link, type LinkContext } from '../../../shared/links';
import { translate } from '../../../shared/translate';
import { momentOf, taskStatus } from '../task/taskStatus';

type Page = Extract<PortalPage, { page: 'create' }>;

const registerTarget: LinkTarget = { type: 'command', command: 'callboard.import' };
const addSourceTarget: LinkTarget = { type: 'command', command: 'callboard.sources.add' };
const runsTarget: LinkTarget = { type: 'page', page: { page: 'tasks' } };

/** Templates as cards by category, with the latest runs beside them. */
@customElement('callboard-create-page')
export class CreatePage extends ViewElement<CreatePageView> implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'create' };

  protected override load(signal: AbortSignal): Promise<CreatePageView> {
    return this.portal.request(portalRequests.getCreatePage, {}, signal);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    this.portal.setTitle(translate('Create'));
    if (changed.get('page') === undefined) void this.view.reload();
  }

  protected override draw(view: CreatePageView): TemplateResult {
    const context: LinkContext = { glances: view.glances, follow: this.portal.follow };
    return html`<div class="page create-page">
      <header class="create-header">
        <h1>${translate('Create')}</h1>
        <div class="create-buttons">
          ${link(html`${icon('add')}${translate('Register Existing Component')}`, registerTarget, this.portal, { className: 'button is-secondary' })}
          ${link(html`${icon('repo-clone')}${translate('Add Source…')}`, addSourceTarget, this.portal, { className: 'button is-secondary' })}
        </div>
      </header>
      ${view.categories.length ? this.#gallery(view, context) : this.#empty()}
    </div>`;
  }

  #empty(): TemplateResult {
    return emptyState({
      icon: 'wand',
      text: translate("Templates aren't available in the browser."),
    });
  }

  #gallery(view: CreatePageView, context: LinkContext): TemplateResult {
    const shown = this.#shown(view.categories);
    const count = shown.reduce((sum, { templates }) => sum + templates.length, 0);
    return html`${this.#filters(view.categories)}
      <p class="visually-hidden" role="status">${translate('{0} templates', count)}</p>
      <div class="create-columns">
        <div class="create-main">
          ${
            shown.length
              ? repeat(
                  shown,
                  ({ key }) => key,
                  category => this.#category(category, context),
                )
              : emptyState({
                  icon: 'search-stop',
                  text: translate('No templates match.'),
                  actions: html`<div class="state-actions">
                    ${button(translate('Clear Filters'), () => this.#filter({}))}
                  </div>`,
                })
          }
        </div>
        ${view.tasks.length ? this.#runs(view.tasks) : nothing}
      </div>`;
  }

  #filters(categories: readonly TemplateCategory[]): TemplateResult {
    const { text = '', type = '' } = this.page;
    const rows = [
      { value: '', label: translate('All Categories') },
      ...categories.map(category => ({
        value: category.type.toLowerCase(),
        label: `${category.type} (${category.templates.length})`,
      })),
    ];
    return html`<div class="row create-filters" role="search">
      ${filterBox({
        label: translate('Filter templates'),
        placeholder: translate('Filter by title, description, tag or owner'),
        value: text,
        typed: typed => this.#filter({ type, text: typed }),
      })}
      ${select({
        label: translate('Category'),
        rows,
        value: type,
        choose: chosen => this.#filter({ text, type: chosen }),
      })}
    </div>`;
  }

  #filter({ text = '', type = '' }: { text?: string; type?: string }): void {
    this.page = { page: 'create', ...(text !== '' && { text }), ...(type !== '' && { type }) };
    this.portal.replace(this.page);
  }

  /** Categories with the cards that match; starred ones are a category of their own, and come first. */
  #shown(categories: readonly TemplateCategory[]): readonly Shown[] {
    const { text = '', type } = this.page;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = categories
      .filter(category => type === undefined || category.type.toLowerCase() === type)
      .map(category => ({
        key: category.type.toLowerCase(),
        title: category.type,
        icon: templateIcon(category.type),
        templates: category.templates.filter(template => matches(template, words)),
      }));
    const templates = found.flatMap(category => category.templates).filter(one => one.isStarred);
    const starred = { key: '*', title: translate('Starred'), icon: 'star-full', templates };
    return [starred, ...found].filter(category => category.templates.length > 0);
  }

  #category({ key, title, icon: name, templates }: Shown, context: LinkContext): TemplateResult {
    const id = `create-${key.replace(/[^a-z0-9]/g, '-')}`;
    return html`<section
      class="create-category"
      aria-labelledby=${id}
      .style=${`--cards: ${templates.length}`}
    >
      <h2 id=${id}>${icon(name)}<span class="create-type">${title}</span></h2>
      <ul class="create-cards">
        ${repeat(
          templates,
          ({ ref }) => ref,
          template => html`<li>${this.#card(template, context)}</li>`,
        )}
      </ul>
    </section>`;
  }

  #card(template: TemplateCard, context: LinkContext): TemplateResult {
    const { ref, title, description, tags, owner, isShipped, instance, plugin, isStarred } =
      template;
    const start: LinkTarget = {
      type: 'command',
      command: 'callboard.templates.start',
      arguments: [ref],
    };
    const starTitle = isStarred ? translate('Unstar {0}', title) : translate('Star {0}', title);
    return html`<article class="card create-card" aria-label=${title}>
      <header class="card-header">
        <h3>${title}</h3>
        ${starButton(starTitle, isStarred, () => this.#star(ref, !isStarred))}
      </header>
      <p class="create-description" title=${description ?? nothing}>${description}</p>
      <p class="create-tags">${tags.map(tag => badge(tag))}</p>
      <footer class="create-footer">
        <span class="create-owner"
          >${owner === undefined ? nothing : entityLink(owner, context)}${
            isShipped
              ? html`<span class="inline-row">${icon('package')}${translate('Included')}</span>`
              : nothing
          }${
            instance === undefined
              ? nothing
              : html`<span class="inline-row">${icon('server-environment')}${instance}</span>`
          }${
            plugin === undefined
              ? nothing
              : html`<span class="inline-row" title=${translate('From the plugin {0}', plugin)}
                  >${icon('plug')}${plugin}</span
                >`
          }</span
        >
        ${link(translate('Choose'), start, this.portal, {
          className: 'button',
          label: translate('Choose {0}', title),
        })}
      </footer>
    </article>`;
  }

  #star(entityRef: string, isStarred: boolean): void {
    void this.portal.request(portalRequests.setStarred, { entityRef, isStarred });
  }

  #runs(tasks: readonly TaskRow[]): TemplateResult {
    return html`<aside class="card create-runs" aria-labelledby="create-runs">
      <header class="card-header">
        <h2 id="create-runs">${icon('history')}${translate('Recent Runs')}</h2>
      </header>
      <ul>
        ${tasks.map(
          ({ id, title, isDryRun, status, startedAt }) =>
            html`<li class="create-run">
              ${link(title, { type: 'page', page: { page: 'task', id } }, this.portal)}
              ${isDryRun ? badge(translate('dry run'), 'info') : nothing}
              <span class="create-run-facts">${taskStatus(status)} ${momentOf(startedAt)}</span>
            </li>`,
        )}
      </ul>
      ${link(translate('All Runs'), runsTarget, this.portal)}
    </aside>`;
  }
}

interface Shown {
  readonly key: string;
  readonly title: string;
  readonly icon: string;
  readonly templates: readonly TemplateCard[];
}

function matches(
  { title, description = '', type, tags, owner = '', instance = '' }: TemplateCard,
  words: readonly string[],
): boolean {
  const text = [title, description, type, ...tags, owner, instance].join('\n').toLowerCase();
  return words.every(word => text.includes(word));
}
