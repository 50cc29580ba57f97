import type {
  CatalogService,
  ProviderAnswer,
  EntitySearchService,
  ProvidedSearchRequest,
  ProvidedSearchResult,
  SearchProvider,
  SearchResult,
  SearchService,
} from '../../../api';
import type { Logger, Registry, Result } from '../../../base';
import type { Entity } from '../../../model';
import { type FilterPredicate, matchesPredicate } from '../../../model/predicates';
import { entityTitle, kindIcon, refOf } from '../../../model/presentation';
import { queryEach } from '../../../platform/core/hosts';
import type { Clock } from '../../../platform/core/ports';
import { planOf, type QueryPlan } from './index/plan';
import { containsAny } from './index/text/phrases';
import { parseQuery } from './query/parseQuery';
import type { FilterField, ParsedQuery, SearchPreferences } from './types';

/** Milliseconds without another query before the request to providers. */
const PAUSE = 250;
/** Minimum number of characters of a query: shorter ones match too much. */
const SHORTEST = 2;
/** Maximum number of results to accept; a provider may return more than requested. */
const MOST = 50;

export interface ProviderSearchDeps {
  readonly providers: Registry<SearchProvider>;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Queries search providers independently: none delays the others or makes them fail. */
export class ProviderSearch {
  readonly #deps: ProviderSearchDeps;

  constructor(deps: ProviderSearchDeps) {
    this.#deps = deps;
  }

  get providers(): SearchService['providers'] {
    return this.#deps.providers.all().map(({ id, title }) => ({ id, title }));
  }

  /** @throws AbortError */
  async find(
    {
      query,
      limit,
      provider: only,
    }: { readonly query: string; readonly limit: number; readonly provider?: string },
    { collators, signal, onAnswer }: ProviderSearchOptions,
  ): Promise<void> {
    signal.throwIfAborted();
    const parsed = parseQuery(query, collators);
    const request = requestOf(parsed, limit);
    const all = this.#deps.providers.all();
    const providers = only === undefined ? all : all.filter(({ id }) => id === only);
    if (!request || !providers.length) return;
    const { clock, logger } = this.#deps;
    await clock.delay(PAUSE, signal);
    const known = new Set<string>();
    const { excluded } = planOf(parsed);
    await queryEach(providers, (provider, ending) => provider.find(request, ending), {
      clock,
      logger,
      signal,
      onAnswer: (provider, answer) =>
        onAnswer(this.#answerOf(provider, answer, { known, excluded, limit })),
    });
  }

  #answerOf(
    { id, title }: SearchProvider,
    answer: Result<readonly ProvidedSearchResult[]>,
    {
      known,
      excluded,
      limit,
    }: Pick<QueryPlan, 'excluded'> & { readonly known: Set<string>; readonly limit: number },
  ): ProviderAnswer {
    const provider = { id, title };
    if (!answer.ok) return { provider, results: [], failure: answer.error };
    const { catalog } = this.#deps;
    const results = answer.value.slice(0, MOST).filter(result => {
      const { key, ref, isEntity } = result;
      if (known.has(key) || (isEntity && ref !== undefined && catalog.getEntityByRef(ref))) {
        return false;
      }
      // Providers don't know the excluded words, so results that contain them are dropped here.
      if (wordsOf(result).some(text => containsAny(text, excluded))) return false;
      known.add(key);
      return true;
    });
    return { provider, results: results.slice(0, limit).map(providedResult) };
  }
}

export interface ProviderSearchOptions {
  readonly collators: SearchService['collators'];
  readonly signal: AbortSignal;
  readonly onAnswer: (answer: ProviderAnswer) => void;
}

/** Returns undefined if the query has nothing that a provider could search. */
function requestOf(
  { words, phrases, filters }: ParsedQuery,
  limit: number,
): ProvidedSearchRequest | undefined {
  const text = [...words, ...phrases.map(phrase => phrase.join(' '))].join(' ').trim();
  return [...text].length < SHORTEST ? undefined : { text, filters, limit };
}

function wordsOf({
  title,
  snippet,
  path = [],
  ref = '',
  facets = {},
}: ProvidedSearchResult): readonly string[] {
  const name = ref.slice(ref.indexOf('/') + 1);
  return [title.text, snippet?.text ?? '', name, ...path, ...(facets.tag ?? [])];
}

function providedResult(result: ProvidedSearchResult, index: number): SearchResult {
  const { title, snippet, kind, path = [], ref, facets = {}, icon, target } = result;
  return {
    type: kind,
    title,
    snippet,
    path,
    ref,
    facets,
    icon,
    target,
    score: 1 / (index + 1),
    location: undefined,
  };
}

/** Document types of some kinds; entities of all other kinds are documents of the catalog. */
const typesOfKinds: ReadonlyMap<string, string> = new Map([
  ['group', 'people'],
  ['template', 'templates'],
  ['user', 'people'],
]);

interface NamedEntitiesDeps {
  readonly catalog: CatalogService;
  readonly entitySearch: EntitySearchService;
}

interface NamesRequest {
  readonly query: ParsedQuery;
  readonly preferences: SearchPreferences;
  readonly limit: number;
  /** Entities that results must be; undefined: all. */
  readonly where?: FilterPredicate | undefined;
  /** Whether entities that are documents of this type are wanted. */
  readonly accept: (type: string) => boolean;
}

/** Finds entities by name until the index has them. */
export class NamedEntities {
  #deps: NamedEntitiesDeps;

  constructor(deps: NamedEntitiesDeps) {
    this.#deps = deps;
  }

  /** Returns the best entities first, or none if the query uses more than names and kinds. @throws AbortError */
  async find(
    { query, preferences, limit, where, accept }: NamesRequest,
    signal: AbortSignal,
  ): Promise<readonly SearchResult[]> {
    if (!isOfNames(query)) return [];
    const { catalog, entitySearch } = this.#deps;
    const isWanted = (entity: Entity): boolean => {
      const { kind } = entity;
      const type = typeOfKind(kind);
      if (where && !matchesPredicate(where, entity)) return false;
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

/** Returns the document type of entities of a kind. */
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
