import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type {
  CardBar,
  CardContent,
  CardField,
  CatalogQuery,
  LinkTarget,
} from '../../../../src/api';
import { portalRequests, type TeamView } from '../../../../src/features/portal/protocol';
import { kindIcon, kindPlural } from '../../../../src/model/presentation';
import { ViewElement } from '../../../portal/ViewElement';
import { cardContent } from '../../../shared/contents/cardContent';
import { checkbox, emptyState, icon } from '../../../shared/controls';
import '../../../shared/elements/LongList';
import { entityLink, link, type LinkContext } from '../../../shared/links';
import { formatNumber, translate } from '../../../shared/translate';
import { itself, keyedList } from '../../../shared/keyedList';

/** Details of a group or user: profile, members, and owned entities. */
@customElement('callboard-team-details')
export class TeamDetails extends ViewElement<TeamView> {
  @property() accessor entityRef = '';
  /**
   * Whether owned entities of subgroups or groups are included. Undefined: Backstage's default, direct for groups,
   * aggregated for users.
   */
  @state() accessor #isAggregated: boolean | undefined;

  protected override load(signal: AbortSignal): Promise<TeamView> {
    const request = { entityRef: this.entityRef, isAggregated: this.#aggregates };
    return this.portal.request(portalRequests.getTeam, request, signal);
  }

  get #isUser(): boolean {
    return this.entityRef.startsWith('user:');
  }

  get #aggregates(): boolean {
    return this.#isAggregated ?? this.#isUser;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('entityRef')) void this.view.reset();
  }

  protected override draw(view: TeamView): TemplateResult {
    const context: LinkContext = { glances: view.glances, follow: this.portal.follow };
    if (!view.glance.exists) {
      return emptyState({
        isPage: true,
        icon: 'search-stop',
        text: translate('{0} is not in the catalog.', view.glance.ref),
      });
    }
    return html`<article aria-labelledby="team-title">
      ${this.#header(view, context)}
      <div class="cards">
        ${this.#profile(view, context)} ${this.#owned(view, context)} ${this.#health(view, context)}
        ${
          this.#isUser || !view.children.length
            ? nothing
            : this.#people(translate('Subgroups'), 'organization', view.children, context)
        }
        ${this.#people(
          this.#isUser ? translate('Groups') : translate('People'),
          this.#isUser ? 'organization' : 'person',
          view.members,
          context,
        )}
        ${this.#list(view, context)}
      </div>
    </article>`;
  }

  #header({ glance, source, parents }: TeamView, context: LinkContext): TemplateResult {
    const { ref, title, kind, type, name } = glance;
    return html`<header class="row team-header">
      <span class="entity-header-icon" title=${kind}>${icon(glance.icon)}</span>
      <div class="entity-names">
        <p class="entity-overline">
          ${kind}${type === undefined ? nothing : html` · ${type}`}${
            parents.length
              ? html` · ${translate('in')}
                ${parents.map(parent =>
                  link(context.glances[parent]?.title ?? parent, teamTarget(parent), context),
                )}`
              : nothing
          }
        </p>
        <h1 id="team-title">
          ${title}${title === name ? nothing : html` <span class="entity-name">${name}</span>`}
        </h1>
      </div>
      <div class="row entity-actions">
        ${link(
          html`${icon('go-to-file')}${translate('Open Page')}`,
          { type: 'entity', entityRef: ref },
          context,
          { className: 'button' },
        )}
        ${
          source
            ? link(
                html`${icon('edit')}${translate('Edit')}`,
                { type: 'source', file: source.file, range: source.nameRange },
                context,
                { className: 'button is-secondary' },
              )
            : nothing
        }
      </div>
    </header>`;
  }

  #profile({ glance, email }: TeamView, context: LinkContext): TemplateResult | typeof nothing {
    const { description, tags } = glance;
    const fields: CardField[] = [];
    if (description !== undefined) {
      const value = [{ type: 'text', text: description } as const];
      fields.push({ label: translate('Description'), value, wide: true });
    }
    if (email !== undefined) {
      const target = { type: 'url', url: `mailto:${email}` } as const;
      fields.push({
        label: translate('Email'),
        value: [{ type: 'link', text: email, target }],
      });
    }
    if (tags.length) {
      fields.push({
        label: translate('Tags'),
        value: tags.map(tag => ({ type: 'badge', text: tag })),
      });
    }
    if (!fields.length) return nothing;
    const content = cardContent({ type: 'fields', fields }, context);
    return card('profile', translate('Profile'), 'info', content);
  }

  #owned(view: TeamView, context: LinkContext): TemplateResult {
    const bars: CardContent = {
      type: 'bars',
      empty: translate('No owned entities.'),
      bars: view.owned.map(({ kind, name, count, troubled }): CardBar => {
        const plural = kindPlural(kind, translate, view.names);
        return {
          label: plural === kind ? name : plural,
          value: count,
          icon: kindIcon(kind),
          text: troubled
            ? translate('{0} · with problems: {1}', count, troubled)
            : formatNumber(count),
          tone: troubled ? 'warning' : 'info',
          target: {
            type: 'page',
            page: { page: 'catalog', query: { kind, facets: { owner: view.owners } } },
          },
        };
      }),
    };
    const toggle = html`<div
      class="toggle"
      role="radiogroup"
      aria-label=${translate('Ownership scope')}
    >
      ${[false, true].map(isAggregated =>
        checkbox({
          name: 'aggregation',
          label: this.#choiceTitle(isAggregated),
          isChecked: isAggregated === this.#aggregates,
          change: () => this.#aggregate(isAggregated),
        }),
      )}
    </div>`;
    const body = html`${toggle}${cardContent(bars, context)}`;
    return card('owned', translate('Owns ({0})', view.ownedCount), 'package', body);
  }

  /** Numbers of owned entities that miss something. Each leads to the list that it counts. */
  #health(
    { owned, ownedCount, owners, withoutDocs }: TeamView,
    context: LinkContext,
  ): TemplateResult | typeof nothing {
    if (!ownedCount) return nothing;
    const part = (label: string, value: number, total: number, query: CatalogQuery): CardBar => ({
      label,
      value,
      total,
      text: translate('{0} of {1}', formatNumber(value), formatNumber(total)),
      ...(value > 0
        ? {
            tone: 'warning',
            target: {
              type: 'page',
              page: { page: 'catalog', query: { ...query, facets: { owner: owners } } },
            },
          }
        : { tone: 'good' }),
    });
    const troubled = owned.reduce((sum, kind) => sum + kind.troubled, 0);
    const bars = [
      part(translate('With problems'), troubled, ownedCount, { only: ['withProblems'] }),
    ];
    const components = owned.find(({ kind }) => kind === 'component')?.count ?? 0;
    if (components) {
      bars.push(
        part(translate('Components without docs'), withoutDocs, components, {
          kind: 'component',
          only: ['withoutDocs'],
        }),
      );
    }
    return card(
      'health',
      translate('Health'),
      'pulse',
      cardContent({ type: 'bars', bars }, context),
    );
  }

  #choiceTitle(isAggregated: boolean): string {
    if (!isAggregated) return translate('Direct');
    return this.#isUser ? translate('Include Groups') : translate('Include Subgroups');
  }

  #aggregate(isAggregated: boolean): void {
    this.#isAggregated = isAggregated;
    this.refresh();
  }

  #people(
    title: string,
    name: string,
    refs: readonly string[],
    context: LinkContext,
  ): TemplateResult {
    const links = (listed: readonly string[], { glances }: LinkContext): TemplateResult => {
      const content: CardContent = {
        type: 'links',
        empty: translate('None.'),
        links: listed.map(ref => ({
          text: glances[ref]?.title ?? ref,
          target: teamTarget(ref),
          icon: glances[ref]?.exists === false ? 'warning' : name,
        })),
      };
      return cardContent(content, context);
    };
    const list = html`<div class="table-scroll">
      <callboard-long-list .refs=${refs} .context=${context} .draw=${links}></callboard-long-list>
    </div>`;
    const count = translate('{0} ({1})', title, formatNumber(refs.length));
    return card(`list-${name}`, count, name, list);
  }

  #list(view: TeamView, context: LinkContext): TemplateResult | typeof nothing {
    const { ownedRefs, ownedCount, owners } = view;
    if (!ownedRefs.length) return nothing;
    const all: LinkTarget = {
      type: 'page',
      page: { page: 'catalog', query: { facets: { owner: owners } } },
    };
    const body = html`<ul class="team-owned">
        ${keyedList(
          ownedRefs,
          itself,
          ref =>
            html`<li>
              ${entityLink(ref, context, { showsKind: true })}
              <span class="tree-description">${context.glances[ref]?.description ?? ''}</span>
            </li>`,
        )}
      </ul>
      ${
        ownedCount > ownedRefs.length
          ? html`<p>${translate('{0} more', ownedCount - ownedRefs.length)}</p>`
          : nothing
      }
      ${link(translate('Show in Catalog'), all, context)}`;
    return card('entities', translate('Owned Entities'), 'list-unordered', body, 'full');
  }
}

/** A card of the organization page. */
export function card(
  id: string,
  title: string,
  name: string,
  body: unknown,
  width: 'half' | 'full' = 'half',
): TemplateResult {
  return html`<section class="card width-${width}" aria-labelledby="team-${id}">
    <header class="card-header"><h2 id="team-${id}">${icon(name)}${title}</h2></header>
    ${body}
  </section>`;
}

/** Target of a group or user on the organization page. */
export function teamTarget(entityRef: string): LinkTarget {
  return { type: 'page', page: { page: 'organization', entityRef } };
}
