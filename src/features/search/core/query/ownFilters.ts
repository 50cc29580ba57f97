import type {
  CatalogService,
  SearchFacetCount,
  SearchFilter,
  SearchFilterFacet,
} from '../../../../api';
import { type Logger, queryReader } from '../../../../base';
import type { Entity } from '../../../../model';
import { type FilterPredicate, matchesPredicate } from '../../../../model/predicates';
import { finishInSlices } from '../../../../platform/core';
import { hashOfRef } from '../index/documents';
import { mostFrequent } from '../index/facetValues';
import { filterFields } from './parseQuery';

/** Maximum number of values per facet. */
const MAX_VALUES = 50;

/** A filter of a plugin in a query. */
export interface OwnFilter<T = SearchFilter> {
  readonly filter: T;
  /** In lower case; any of them matches. */
  readonly values: ReadonlySet<string>;
  readonly isExcluded: boolean;
}

/** Whether an id is one lowercase word and not that of a built-in filter. Others are ignored. */
function isOwnField(id: string): boolean {
  return /^[a-z][a-z0-9]*$/.test(id) && !filterFields.some(field => field === id);
}

/** Returns the ids of filters that queries can use. Ids come from plugins, and become part of a pattern. */
export function ownFields(filters: readonly Pick<SearchFilter, 'id'>[]): readonly string[] {
  return filters.map(({ id }) => id).filter(isOwnField);
}

/** Reads the filters of plugins in a query, and returns the rest of the query. */
export function readOwnFilters<T extends Pick<SearchFilter, 'id'>>(
  query: string,
  filters: readonly T[],
): { readonly query: string; readonly filters: readonly OwnFilter<T>[] } {
  const ids = ownFields(filters);
  if (!ids.length) return { query, filters: [] };
  const found = new Map<string, OwnFilter<T> & { readonly values: Set<string> }>();
  let rest = '';
  let at = 0;
  for (const part of queryReader(ids)(query)) {
    if (part.type !== 'filter') continue;
    const [from, to] = part.range;
    rest += query.slice(at, from);
    at = to;
    const filter = filters.find(({ id }) => id === part.field);
    const values = part.values.map(({ value }) => value.toLowerCase()).filter(Boolean);
    if (!filter || !values.length) continue;
    // Several filters of one field are alternatives, as for built-in ones.
    const { isExcluded } = part;
    const key = `${isExcluded ? '-' : ''}${filter.id}`;
    const same = found.get(key) ?? { filter, values: new Set<string>(), isExcluded };
    for (const value of values) same.values.add(value);
    found.set(key, same);
  }
  return { query: rest + query.slice(at), filters: [...found.values()] };
}

export interface OwnFiltersDeps {
  readonly catalog: Pick<CatalogService, 'getEntityRefs' | 'getEntityByRef'>;
  readonly logger: Logger;
}

/** Values of plugins' filters for all entities. A filter that fails is logged once, and has no values. */
export class OwnFilterValues {
  readonly #deps: OwnFiltersDeps;
  /** Ids of filters that failed. */
  readonly #failed = new Set<string>();

  constructor(deps: OwnFiltersDeps) {
    this.#deps = deps;
  }

  /** Returns the full refs of the entities that match a predicate and filters. Computed in time slices. @throws AbortError */
  refsOf(
    where: FilterPredicate | undefined,
    filters: readonly OwnFilter[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    const refs = new Set<string>();
    return this.#forEach(signal, (ref, entity) => {
      if (
        (!where || matchesPredicate(where, entity)) &&
        filters.every(one => this.#has(one, entity))
      )
        refs.add(ref);
    }).then(() => refs);
  }

  /**
   * Counts documents by value of each filter. Computed in time slices.
   *
   * @param refCounts - numbers of documents by hash of their ref
   * @throws AbortError
   */
  async facetsOf(
    filters: readonly SearchFilter[],
    refCounts: ReadonlyMap<number, number>,
    signal: AbortSignal,
  ): Promise<readonly SearchFilterFacet[]> {
    const usable = new Set(ownFields(filters));
    const counters = filters
      .filter(({ id }) => usable.has(id))
      .map(filter => ({ filter, counter: new ValueCounter() }));
    await this.#forEach(signal, (ref, entity) => {
      const count = refCounts.get(hashOfRef(ref));
      if (count === undefined) return;
      for (const { filter, counter } of counters)
        counter.add(this.#valuesOf(filter, entity), count);
    });
    return counters.flatMap(({ filter: { id, title }, counter }) => {
      const values = counter.mostFrequent(MAX_VALUES);
      return values.length ? [{ id, title, values }] : [];
    });
  }

  /** Returns values of a filter with a prefix in lower case, and their numbers of entities. @throws AbortError */
  async complete(
    filter: SearchFilter,
    prefix: string,
    { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
  ): Promise<readonly SearchFacetCount[]> {
    const counter = new ValueCounter();
    await this.#forEach(signal, (_, entity) => {
      const values = this.#valuesOf(filter, entity);
      counter.add(
        values.filter(value => value.toLowerCase().startsWith(prefix)),
        1,
      );
    });
    return counter.mostFrequent(limit);
  }

  #forEach(signal: AbortSignal, visit: (ref: string, entity: Entity) => void): Promise<void> {
    const { catalog } = this.#deps;
    function* visiting(): Generator<void, void> {
      for (const ref of catalog.getEntityRefs()) {
        const entity = catalog.getEntityByRef(ref);
        if (entity) visit(ref, entity);
        yield;
      }
    }
    return finishInSlices(visiting(), signal);
  }

  #has({ filter, values, isExcluded }: OwnFilter, entity: Entity): boolean {
    return (
      this.#valuesOf(filter, entity).some(value => values.has(value.toLowerCase())) !== isExcluded
    );
  }

  #valuesOf(filter: SearchFilter, entity: Entity): readonly string[] {
    try {
      return filter.valuesOf(entity).map(String);
    } catch (error) {
      if (!this.#failed.has(filter.id)) {
        this.#failed.add(filter.id);
        this.#deps.logger.error(`The search filter "${filter.id}" failed`, error);
      }
      return [];
    }
  }
}

/** Counts values without regard to case. */
class ValueCounter {
  readonly #counts = new Map<string, { readonly value: string; count: number }>();

  add(values: readonly string[], count: number): void {
    for (const key of new Set(values.map(value => value.toLowerCase()))) {
      const known = this.#counts.get(key);
      if (known) known.count += count;
      else if (key.trim() !== '') this.#counts.set(key, { value: spellingOf(key, values), count });
    }
  }

  mostFrequent(limit: number): readonly SearchFacetCount[] {
    return mostFrequent([...this.#counts.values()], limit);
  }
}

/** Returns the first spelling of a value. */
function spellingOf(key: string, values: readonly string[]): string {
  return values.find(value => value.toLowerCase() === key) ?? key;
}
