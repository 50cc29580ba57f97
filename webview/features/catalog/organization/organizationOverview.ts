import { html, nothing, type TemplateResult } from 'lit';
import type { CardContent, CatalogQuery, LinkTarget } from '../../../../src/api';
import type { OrganizationView, OwnerSummary } from '../../../../src/features/portal/protocol';
import { cardContent } from '../../../shared/contents/cardContent';
import { icon } from '../../../shared/controls';
import '../../../shared/elements/LongList';
import { link, type LinkContext } from '../../../shared/links';
import { formatNumber, translate } from '../../../shared/translate';
import { card, teamTarget } from './TeamDetails';
import { itself, keyedList } from '../../../shared/keyedList';

/** Numbers of the organization, the user's teams, and entities and problems by owner. */
export function organizationOverview(view: OrganizationView, context: LinkContext): TemplateResult {
  const { owners, teams } = view;
  const byRef = new Map(owners.map(owner => [owner.ref, owner]));
  const mine = teams.map(ref => byRef.get(ref) ?? { ref, owned: 0, troubled: 0 });
  const most = Math.max(1, ...owners.map(({ owned }) => owned));
  const chart = (shown: readonly OwnerSummary[]): TemplateResult =>
    ownersChart(shown, { most, context });
  return html`<h1 class="visually-hidden">${translate('Organization')}</h1>
    <div class="cards">
      ${card('numbers', translate('Overview'), 'organization', numbers(view, context), 'full')}
      ${
        mine.length
          ? card('mine', translate('Your Teams'), 'account', chart(mine), 'full')
          : nothing
      }
      ${
        owners.length
          ? card('owners', translate('Entities by Owner'), 'graph-line', chart(owners), 'full')
          : nothing
      }
    </div>`;
}

function numbers(view: OrganizationView, context: LinkContext): TemplateResult {
  const { groupCount, ownable, owners, userCount, withoutOwner } = view;
  const content: CardContent = {
    type: 'metrics',
    metrics: [
      { label: translate('Groups'), value: groupCount, target: listOf({ kind: 'group' }) },
      { label: translate('People'), value: userCount, target: listOf({ kind: 'user' }) },
      { label: translate('Owners'), value: owners.length },
      {
        label: translate('Without an Owner'),
        value: withoutOwner,
        description: translate('of {0}', formatNumber(ownable)),
        ...(withoutOwner > 0
          ? { tone: 'warning', target: listOf({ only: ['withoutOwner'] }) }
          : { tone: 'good' }),
      },
    ],
  };
  return cardContent(content, context);
}

/** A row for each owner: a bar with a part for entities with problems, and both numbers. */
function ownersChart(
  owners: readonly OwnerSummary[],
  { most, context }: { readonly most: number; readonly context: LinkContext },
): TemplateResult {
  const byRef = new Map(owners.map(owner => [owner.ref, owner]));
  const table = (refs: readonly string[], known: LinkContext): TemplateResult =>
    html`<table class="owners">
      <thead>
        <tr>
          <th scope="col">${translate('Owner')}</th>
          <td></td>
          <th scope="col" class="align-end">${translate('Entities')}</th>
          <th scope="col" class="align-end">${translate('With Problems')}</th>
        </tr>
      </thead>
      <tbody>
        ${keyedList(refs, itself, ref =>
          ownerRow(byRef.get(ref) ?? { ref, owned: 0, troubled: 0 }, most, known),
        )}
      </tbody>
    </table>`;
  return html`<callboard-long-list
    .refs=${owners.map(({ ref }) => ref)}
    .context=${context}
    .draw=${table}
  ></callboard-long-list>`;
}

function ownerRow(
  { ref, owned, troubled }: OwnerSummary,
  most: number,
  context: LinkContext,
): TemplateResult {
  const glance = context.glances[ref];
  const title = glance?.title ?? ref;
  const width = (count: number): number => (100 * count) / most;
  const number = (count: number, label: string, query: CatalogQuery): unknown =>
    count === 0 ? '0' : link(formatNumber(count), listOf(query), context, { label });
  const facets = { owner: [ref] };
  return html`<tr>
    <th scope="row">
      <span class="row"
        >${icon(glance?.icon)}${link(title, teamTarget(ref), context, { title: ref })}</span
      >
    </th>
    <td>
      <svg class="bar-track" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-all" width="100" height="1"></rect>
        <rect class="bar-value" width=${width(owned)} height="1"></rect>
        <rect class="bar-value tone-warning" width=${width(troubled)} height="1"></rect>
      </svg>
    </td>
    <td class="align-end">
      ${number(owned, translate('Entities of {0}: {1}', title, owned), { facets })}
    </td>
    <td class="align-end">
      ${number(troubled, translate('Entities of {0} with problems: {1}', title, troubled), {
        facets,
        only: ['withProblems'],
      })}
    </td>
  </tr>`;
}

function listOf(query: CatalogQuery): LinkTarget {
  return { type: 'page', page: { page: 'catalog', query } };
}
