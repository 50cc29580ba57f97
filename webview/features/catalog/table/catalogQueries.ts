import type { CatalogCondition, CatalogQuery } from '../../../../src/api';
import { ownValue } from '../../../../src/base';
import type { CatalogTableView } from '../../../../src/features/portal/protocol';
import { kindPlural, type ModelNames } from '../../../../src/model/presentation';
import { columnTitles } from '../../../shared/contents/entities';
import { formatNumber, translate } from '../../../shared/translate';

/** Default query, as in Backstage. */
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

/** Plural of a kind. */
export function kindTitle(kind: string | undefined, names: ModelNames): string {
  return kind === undefined ? translate('Entities') : kindPlural(kind, translate, names);
}

/**
 * Title of the table, such as "All Components (12)", as in Backstage, or "Components (3) · Without Owner · Booking" with
 * filters.
 *
 * @param picked - labels of the selected values
 */
export function tableTitle(
  { kind, only = [], text = '' }: CatalogQuery,
  { total, names }: Pick<CatalogTableView, 'total' | 'names'>,
  picked: readonly string[] = [],
): string {
  const [plural, count] = [kindTitle(kind, names), formatNumber(total)];
  const words = text.trim();
  const filters = [
    ...only.map(condition => conditionTitles[condition]()),
    ...picked,
    ...(words === '' ? [] : [translate('“{0}”', words)]),
  ];
  if (!filters.length) return translate('All {0} ({1})', plural, count);
  const [first] = only;
  if (filters.length === 1 && first === 'owned') {
    return translate('Owned {0} ({1})', plural, count);
  }
  if (filters.length === 1 && first === 'starred') {
    return translate('Starred {0} ({1})', plural, count);
  }
  return translate('{0} ({1}) · {2}', plural, count, filters.join(' · '));
}

export function hasFilters({ facets = {}, only = [], text = '' }: CatalogQuery): boolean {
  return only.length > 0 || text.trim() !== '' || Object.values(facets).some(list => list.length);
}

/** Removes the filters and keeps kind and sort order. */
export function withoutFilters({ kind, sort }: CatalogQuery): CatalogQuery {
  return { ...(kind !== undefined && { kind }), ...(sort && { sort }) };
}

/** Changes the kind. Types and lifecycles differ between kinds and are removed. */
export function withKind(query: CatalogQuery, kind: string | undefined): CatalogQuery {
  const { kind: _kind, facets, ...others } = query;
  const { type: _type, lifecycle: _lifecycle, ...kept } = facets ?? {};
  return { ...others, facets: kept, ...(kind !== undefined && { kind }) };
}

/** Adds or removes a value of a facet. */
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

/** Sorts by a column, or reverses its order. */
export function sortedBy(query: CatalogQuery, column: string): CatalogQuery {
  const { sort = { column: 'name' } } = query;
  const descending = sort.column === column && !sort.descending;
  return { ...query, sort: { column, ...(descending && { descending }) } };
}
