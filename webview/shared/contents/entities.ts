import { html, nothing, type TemplateResult } from 'lit';
import type { CardContent, EntityColumn } from '../../../src/api';
import type { EntityGlance } from '../../../src/features/portal/protocol';
import { badge, lifecycleBadge } from '../controls';
import '../elements/LongList';
import { entityLink, link, type LinkContext } from '../links';
import { formatNumber, translate } from '../translate';
import { itself, keyedList } from '../keyedList';

type Entities = Extract<CardContent, { type: 'entities' }>;

const defaultColumns: readonly EntityColumn[] = ['type', 'lifecycle', 'description'];

/** Table of entities with the name first. */
export function entitiesContent(
  { entityRefs, columns = defaultColumns, empty, more }: Entities,
  context: LinkContext,
): TemplateResult {
  // A single line: a page may have many empty tables.
  if (!entityRefs.length) return html`<p class="nothing">${empty ?? translate('None.')}</p>`;
  return html`<div class="table-scroll">
    <callboard-long-list
      .refs=${entityRefs}
      .context=${context}
      .draw=${(refs: readonly string[], known: LinkContext) => table(refs, columns, known)}
    ></callboard-long-list>
    ${more ? moreLine(more, context) : nothing}
  </div>`;
}

function table(
  refs: readonly string[],
  columns: readonly EntityColumn[],
  context: LinkContext,
): TemplateResult {
  return html`<table class="entities">
    <thead>
      <tr>
        <th scope="col">${translate('Name')}</th>
        ${columns.map(column => html`<th scope="col" class="column-${column}">${columnTitles[column]()}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${keyedList(
        refs,
        itself,
        ref =>
          html`<tr>
            <th scope="row">${entityLink(ref, context)}</th>
            ${columns.map(
              column =>
                html`<td class="column-${column}">
                  ${cell(context.glances[ref], column, context)}
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function moreLine(
  { count, target }: NonNullable<Entities['more']>,
  context: LinkContext,
): TemplateResult {
  const text = translate('{0} more', formatNumber(count));
  return html`<p class="entities-more">${target ? link(text, target, context) : text}</p>`;
}

export const columnTitles: Readonly<Record<EntityColumn, () => string>> = {
  kind: () => translate('Kind'),
  type: () => translate('Type'),
  lifecycle: () => translate('Lifecycle'),
  owner: () => translate('Owner'),
  system: () => translate('System'),
  description: () => translate('Description'),
  tags: () => translate('Tags'),
  namespace: () => translate('Namespace'),
  problems: () => translate('Problems'),
  providers: () => translate('Providers'),
  consumers: () => translate('Consumers'),
};

/** Cell of a column. */
export function cell(
  glance: EntityGlance | undefined,
  column: EntityColumn,
  context: LinkContext,
): unknown {
  if (!glance) return '';
  switch (column) {
    case 'owner':
      return glance.owners.map(owner => entityLink(owner, context));
    case 'system':
      return glance.system === undefined ? '' : entityLink(glance.system, context);
    case 'lifecycle':
      return glance.lifecycle === undefined ? '' : lifecycleBadge(glance.lifecycle);
    case 'problems':
      return glance.problems ? badge(`${glance.problems}`, 'warning') : '';
    case 'tags':
      return glance.tags.map(tag => badge(tag));
    case 'description':
      return html`<span class="clipped" title=${glance.description ?? ''}
        >${glance.description ?? ''}</span
      >`;
    default:
      return glance[column] ?? '';
  }
}
