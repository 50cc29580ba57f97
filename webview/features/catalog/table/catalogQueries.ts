import type { CatalogCondition, CatalogQuery } from '../../../../src/api';
import { ownValue } from '../../../../src/base';
import { kindPlural } from '../../../../src/model/presentation';
import { columnTitles } from '../../../shared/contents/entities';
import { translate } from '../../../shared/translate';

/** What the page shows first, as Backstage's does. */
export const firstQuery: CatalogQuery = { kind: 'component' };

export const conditionTitles: Readonly<Record<CatalogCondition, () => string>> = {
  owned: () => translate('Owned by Me'),
  starred: () => translate('Starred'),
  withoutDocs: () => translate('Without Docs'),
  withProblems: () => translate('With Problems'),
  withoutOwner: () => translate('Without Owner'),
};

export function facetTitle(facet: string): string {
  return ownValue(columnTitles, facet === 'tag' ? 'tags' : facet)?.() ?? facet;
}

/** What a kind is called where there are many of it. */
export function kindTitle(kind: string | undefined): string {
  return kind === undefined ? translate('Entities') : kindPlural(kind, translate);
}

/** The title of the table: "All Components (12)", as Backstage's. */
export function tableTitle({ kind, only = [] }: CatalogQuery, total: number): string {
  const [plural, count] = [kindTitle(kind), total.toLocaleString()];
  if (only.includes('owned')) return translate('Owned {0} ({1})', plural, count);
  if (only.includes('starred')) return translate('Starred {0} ({1})', plural, count);
  return translate('All {0} ({1})', plural, count);
}

export function hasFilters({ facets = {}, only = [], text = '' }: CatalogQuery): boolean {
  return only.length > 0 || text.trim() !== '' || Object.values(facets).some(list => list.length);
}

/** The query without its filters: its kind and its order stay. */
export function withoutFilters({ kind, sort }: CatalogQuery): CatalogQuery {
  return { ...(kind !== undefined && { kind }), ...(sort && { sort }) };
}

/** For another kind; types and lifecycles are those of the one before. */
export function withKind(query: CatalogQuery, kind: string | undefined): CatalogQuery {
  const { kind: _kind, facets, ...others } = query;
  const { type: _type, lifecycle: _lifecycle, ...kept } = facets ?? {};
  return { ...others, facets: kept, ...(kind !== undefined && { kind }) };
}

/** With a value of a facet picked, or not any more. */
export function withValue(
  query: CatalogQuery,
  facet: string,
  value: string,
  isPicked: boolean,
): CatalogQuery {
  const others = (query.facets?.[facet] ?? []).filter(
    other => other.toLowerCase() !== value.toLowerCase(),
  );
  const facets = { ...query.facets, [facet]: isPicked ? [...others, value] : others };
  return { ...query, facets };
}

export function withCondition(
  query: CatalogQuery,
  condition: CatalogCondition,
  isWanted: boolean,
): CatalogQuery {
  const others = (query.only ?? []).filter(other => other !== condition);
  return { ...query, only: isWanted ? [...others, condition] : others };
}

/** Sorted by a column: the other way round if it is by that one already. */
export function sortedBy(query: CatalogQuery, column: string): CatalogQuery {
  const { sort = { column: 'name' } } = query;
  const descending = sort.column === column && !sort.descending;
  return { ...query, sort: { column, ...(descending && { descending }) } };
}
