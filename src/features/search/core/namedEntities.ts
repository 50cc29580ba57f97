import type { CatalogService, EntitySearchService, SearchResult } from '../../../api';
import type { Entity } from '../../../model';
import { entityTitle, kindIcon, refOf } from '../../../model/presentation';
import type { FilterField, ParsedQuery, SearchPreferences } from './types';

/** Whose documents entities of some kinds are; those of all others are the catalog's. */
const typesOfKinds: ReadonlyMap<string, string> = new Map([
  ['group', 'people'],
  ['template', 'templates'],
  ['user', 'people'],
]);

export interface NamedEntitiesDeps {
  readonly catalog: CatalogService;
  readonly entitySearch: EntitySearchService;
}

export interface NamesRequest {
  readonly query: ParsedQuery;
  readonly preferences: SearchPreferences;
  readonly limit: number;
  /** Whether entities that are documents of this type are wanted. */
  readonly accept: (type: string) => boolean;
}

/** Finds entities by their names, for as long as an index does not have them. */
export class NamedEntities {
  #deps: NamedEntitiesDeps;

  constructor(deps: NamedEntitiesDeps) {
    this.#deps = deps;
  }

  /** The best first; none where the query asks for more than names and kinds. @throws AbortError */
  async find(
    { query, preferences, limit, accept }: NamesRequest,
    signal: AbortSignal,
  ): Promise<readonly SearchResult[]> {
    if (!isOfNames(query)) return [];
    const { catalog, entitySearch } = this.#deps;
    const isWanted = ({ kind }: Entity): boolean => {
      const type = typeOfKind(kind);
      return accept(type) && passes(query, 'in', type) && passes(query, 'kind', kind.toLowerCase());
    };
    const refs = await entitySearch.find(
      {
        query: query.words.join(' '),
        limit,
        preferred: [...new Set([...preferences.recent, ...preferences.starred])],
        accept: isWanted,
      },
      signal,
    );
    signal.throwIfAborted();
    return (refs ?? []).flatMap((ref, index, { length }) => {
      const entity = catalog.getEntityByRef(ref);
      return entity ? [resultOf(entity, length - index, catalog)] : [];
    });
  }
}

/** Of which of its types entities of a kind are documents. */
function typeOfKind(kind: string): string {
  return typesOfKinds.get(kind.toLowerCase()) ?? 'catalog';
}

function isOfNames({ phrases, excludedWords, excludedPhrases, filters }: ParsedQuery): boolean {
  return (
    !phrases.length &&
    !excludedWords.length &&
    !excludedPhrases.length &&
    filters.every(({ field }) => field === 'in' || field === 'kind')
  );
}

function passes({ filters }: ParsedQuery, field: FilterField, value: string): boolean {
  const own = filters.filter(filter => filter.field === field);
  const wanted = own.filter(({ isExcluded }) => !isExcluded);
  return (
    (!wanted.length || wanted.some(filter => filter.value === value)) &&
    !own.some(filter => filter.isExcluded && filter.value === value)
  );
}

function resultOf(entity: Entity, score: number, catalog: CatalogService): SearchResult {
  const ref = refOf(entity);
  const source = catalog.getEntitySource(ref);
  return {
    type: typeOfKind(entity.kind),
    title: { text: entityTitle(entity), marks: [] },
    snippet: undefined,
    path: [],
    ref,
    facets: { kind: [entity.kind.toLowerCase()] },
    icon: kindIcon(entity.kind),
    score,
    location: source && { file: source.file, range: source.nameRange },
    target: { type: 'entity', entityRef: ref },
  };
}
