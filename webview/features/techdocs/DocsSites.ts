import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DocsSiteItem, DocsSitesView } from '../../../src/features/portal/protocol';
import { emptyState, filterBox, icon } from '../../shared/controls';
import { LightElement } from '../../shared/elements/LightElement';
import { entityLink, link, type LinkContext } from '../../shared/links';
import { translate, translateCount } from '../../shared/translate';

/** Minimum number of sites for a filter. */
const FILTERED = 5;
/** Maximum number of entities to show with a site. Others are counted. */
const MAX_ENTITIES = 4;

/** List of all docs, with a filter. */
@customElement('callboard-docs-sites')
export class DocsSites extends LightElement {
  @property({ attribute: false }) accessor view!: DocsSitesView;
  @property({ attribute: false }) accessor context!: LinkContext;
  @state() accessor #filter = '';

  protected override render(): TemplateResult {
    const { sites } = this.view;
    if (sites.length === 0) {
      return emptyState({
        isPage: true,
        icon: 'book',
        text: translate('No docs in this workspace yet.'),
        detail: translate(
          'Docs are Markdown files next to a mkdocs.yml, or the README of an entity.',
        ),
      });
    }
    const words = this.#filter.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = sites.filter(site => {
      const text = this.#textOf(site);
      return words.every(word => text.includes(word));
    });
    return html`<article class="page docs-sites" aria-label=${translate('Docs')}>
      <header class="docs-sites-header">
        <h1>${translate('Docs')}</h1>
        ${
          sites.length >= FILTERED
            ? html`${filterBox({
                  label: translate('Filter docs'),
                  placeholder: translate('Filter by title, owner or entity'),
                  value: this.#filter,
                  typed: text => (this.#filter = text),
                })}
                <span class="nothing" role="status"
                  >${translateCount(shown.length, { one: '{0} site', other: '{0} sites' })}</span
                >`
            : nothing
        }
      </header>
      ${
        shown.length > 0
          ? html`<ul class="docs-site-list">
              ${repeat(
                shown,
                ({ id }) => id,
                site => this.#site(site),
              )}
            </ul>`
          : emptyState({ icon: 'search', text: translate('No docs match the filter.') })
      }
    </article>`;
  }

  #site({
    id,
    title,
    description,
    entityRefs,
    owners,
    place,
    origin,
  }: DocsSiteItem): TemplateResult {
    const { context } = this;
    const others = entityRefs.length - MAX_ENTITIES;
    return html`<li class="card docs-site-card">
      <h2>${link(title, { type: 'page', page: { page: 'docs', site: id } }, context)}</h2>
      ${description === undefined ? nothing : html`<p class="docs-site-about">${description}</p>`}
      <p class="docs-site-entities">
        ${entityRefs.slice(0, MAX_ENTITIES).map(ref => entityLink(ref, context))}
        ${others > 0 ? html`<span class="nothing">${translate('{0} more', others)}</span>` : nothing}
      </p>
      <p class="nothing docs-site-facts">
        ${
          owners.length > 0
            ? html`<span
                >${translate('Owner:')} ${owners.map(owner => entityLink(owner, context))}</span
              >`
            : nothing
        }
        <span class="inline-row" title=${translate('Folder of the docs')}
          >${icon('folder')}${place}${origin === 'readme' ? ` · ${translate('README only')}` : ''}</span
        >
      </p>
    </li>`;
  }

  #textOf({ title, description = '', entityRefs, owners, place }: DocsSiteItem): string {
    const { glances } = this.context;
    const names = [...entityRefs, ...owners].map(ref => `${ref} ${glances[ref]?.title ?? ''}`);
    return [title, description, place, ...names].join('\n').toLowerCase();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-docs-sites': DocsSites;
  }
}
