import {
  type BackstageInstance,
  type BackstageInstances,
  type CatalogService,
  type CatalogSources,
  type Disposable,
  DisposableStore,
  entityTitle,
  type InstanceSearchPage,
  type InstanceSearchResult,
  instanceSiteId,
  isSafeUrl,
  kindIcon,
  type LinkTarget,
  ownValue,
  parseEntityRef,
  type ProvidedSearchRequest,
  type ProvidedSearchResult,
  type SearchProvider,
  type SearchProvidersExtensionPoint,
  type TechDocsService,
  type Translate,
} from '../../../../api';

/** A query for Backstage's search API. */
interface BackstageQuery {
  readonly term: string;
  /** Undefined for all types. */
  readonly types: readonly string[] | undefined;
  readonly filters: Readonly<Record<string, string>>;
}

type Filters = ProvidedSearchRequest['filters'];

/** Backstage's names for document types; others don't exist there. */
const TYPES: Readonly<Record<string, string>> = { catalog: 'software-catalog', docs: 'techdocs' };
/** Fields that Backstage's results don't have. */
const UNKNOWN: ReadonlySet<string> = new Set(['tag', 'system']);

/** Returns undefined if the filters exclude all results. */
function backstageQuery({ text, filters }: ProvidedSearchRequest): BackstageQuery | undefined {
  const wanted = filters.filter(({ isExcluded }) => !isExcluded);
  if (wanted.some(({ field }) => UNKNOWN.has(field))) return undefined;
  const kinds = wanted.filter(({ field }) => field === 'kind').map(({ value }) => value);
  const named = wanted.filter(({ field }) => field === 'in').map(({ value }) => value);
  const left = filters.filter(({ field, isExcluded }) => field === 'in' && isExcluded);
  let types = named.length ? named.flatMap(name => ownValue(TYPES, name) ?? []) : undefined;
  // Docs have no kind, and the server compares kinds case-sensitively.
  if (kinds.length) types = types?.filter(type => type !== TYPES['docs']) ?? ['software-catalog'];
  const without = left.map(({ value }) => ownValue(TYPES, value));
  // The API can't exclude types, because a server has more of them than are known here.
  types = types?.filter(type => !without.includes(type));
  if (types?.length === 0) return undefined;
  const [kind] = kinds;
  const isOne = kind !== undefined && kinds.length === 1;
  return { term: text, types, filters: isOne ? { kind: kindAsWritten(kind) } : {} };
}

/** Whether a result passes the filters; missing values don't match. */
function fits(result: InstanceSearchResult, filters: Filters): boolean {
  const fields = new Map<string, Filters[number][]>();
  for (const filter of filters) {
    // The query already has requested types.
    if (filter.field === 'in' && !filter.isExcluded) continue;
    const key = `${filter.field} ${filter.isExcluded}`;
    fields.set(key, [...(fields.get(key) ?? []), filter]);
  }
  return [...fields.values()].every(alternatives => {
    const isFound = alternatives.some(filter => has(result, filter));
    return alternatives[0]?.isExcluded ? !isFound : isFound;
  });
}

function has(
  { type, entityRef, entityType, lifecycle, owner }: InstanceSearchResult,
  { field, value }: Filters[number],
): boolean {
  switch (field) {
    case 'in':
      return type === ownValue(TYPES, value);
    case 'kind':
      return entityRef !== undefined && parseEntityRef(entityRef).kind === value;
    case 'type':
      return entityType?.toLowerCase() === value;
    case 'lifecycle':
      return lifecycle?.toLowerCase() === value;
    case 'owner':
      return owner !== undefined && shortName(owner) === shortName(value);
    default:
      return false;
  }
}

/** Returns the name of an owner, because Backstage has either the name or the ref. */
function shortName(ref: string): string {
  return ref
    .slice(ref.lastIndexOf('/') + 1)
    .replace(/^[^:]*:/, '')
    .toLowerCase();
}

/** Returns the usual spelling of a kind, because Backstage compares case-sensitively. */
function kindAsWritten(kind: string): string {
  if (kind === 'api') return 'API';
  if (kind === 'airesource') return 'AiResource';
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

export interface BackstageSearchDeps {
  readonly instances: BackstageInstances;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly techdocs: Pick<TechDocsService, 'locate'>;
  readonly translate: Translate;
}

/** Search provider for a Backstage that is a source: finds what the local catalog doesn't have. */
export function backstageSearch(
  source: { readonly id: string; readonly name: string },
  deps: BackstageSearchDeps,
): SearchProvider {
  return {
    id: source.id,
    title: source.name,
    async find(request, signal) {
      const query = backstageQuery(request);
      const instance = query && (await deps.instances.getInstance(source.id));
      if (!query || !instance) return [];
      const { filters } = request;
      const limit = limitOf(request, query);
      const page = await ask(instance, query, { limit, signal });
      const found = page?.results.filter(result => fits(result, filters)) ?? [];
      const known = await Promise.all(found.map(result => isHere(result, deps, signal)));
      return found
        .filter((_, at) => !known[at])
        .flatMap(result => providedResult(result, instance, deps) ?? []);
    },
  };
}

/** Factor for extra results, because some are dropped here. */
const SPARE = 3;
const MOST = 100;

/** Returns the maximum if a type is excluded, because most results may be of that type. */
function limitOf({ filters, limit }: ProvidedSearchRequest, { types }: BackstageQuery): number {
  const isSifted = !types && filters.some(({ field, isExcluded }) => field === 'in' && isExcluded);
  return isSifted ? MOST : Math.min(limit * SPARE, MOST);
}

async function ask(
  instance: BackstageInstance,
  { term, types, filters }: BackstageQuery,
  { limit, signal }: Pick<ProvidedSearchRequest, 'limit'> & { readonly signal: AbortSignal },
): Promise<InstanceSearchPage | undefined> {
  const request = { term, filters, limit };
  return instance.search.query(types ? { ...request, types } : request, { signal });
}

/** Whether the local index covers a result. */
async function isHere(
  { type, entityRef }: InstanceSearchResult,
  { catalog, techdocs }: BackstageSearchDeps,
  signal: AbortSignal,
): Promise<boolean> {
  if (entityRef === undefined) return false;
  if (type !== 'techdocs') return catalog.getEntityByRef(entityRef) !== undefined;
  return (await techdocs.locate(entityRef, { signal }))?.type === 'site';
}

function providedResult(
  result: InstanceSearchResult,
  instance: BackstageInstance,
  deps: BackstageSearchDeps,
): ProvidedSearchResult | undefined {
  const { type, title, text, location, entityRef, lifecycle, entityType } = result;
  const target = targetOf(result, instance);
  if (!target) return undefined;
  const { kind } = entityRef === undefined ? {} : parseEntityRef(entityRef);
  const isDocs = type === 'techdocs';
  return {
    key: isDocs ? `docs ${entityRef} ${result.docsPath}` : `${type} ${entityRef ?? location}`,
    title,
    target,
    ...(text.text.trim() !== '' && { snippet: text }),
    kind: kindOf(result, deps),
    ...(isDocs && entityRef !== undefined && { path: [titleOf(entityRef, deps)] }),
    ...(entityRef !== undefined && { ref: entityRef }),
    isEntity: type === 'software-catalog' && entityRef !== undefined,
    facets: {
      ...(kind !== undefined && { kind: [kind] }),
      ...(entityType !== undefined && { type: [entityType.toLowerCase()] }),
      ...(lifecycle !== undefined && { lifecycle: [lifecycle.toLowerCase()] }),
    },
    icon: isDocs ? 'book' : kind === undefined ? 'link-external' : kindIcon(kind),
  };
}

/** Returns the display name of the result's type. */
function kindOf(
  { type, entityRef, entityType }: InstanceSearchResult,
  { translate }: BackstageSearchDeps,
): string {
  if (type === 'techdocs') return translate('Docs');
  if (type !== 'software-catalog' || entityRef === undefined) return type;
  return [kindAsWritten(parseEntityRef(entityRef).kind), entityType].filter(Boolean).join(' · ');
}

function titleOf(ref: string, { catalog }: BackstageSearchDeps): string {
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : parseEntityRef(ref).name;
}

/**
 * Docs open in the reader, and pages of a partial catalog's entities here, which are fetched then. Other results
 * open in the browser if their URL is safe.
 */
function targetOf(
  { type, entityRef, docsPath, location }: InstanceSearchResult,
  instance: BackstageInstance,
): LinkTarget | undefined {
  if (type === 'techdocs' && entityRef !== undefined && docsPath !== undefined) {
    const [path = '', anchor = ''] = docsPath.split('#', 2);
    const site = instanceSiteId({ sourceId: instance.source.id, entityRef });
    const page = { page: 'docs', site, path: path.replace(/(^|\/)index\.html$/, '$1') } as const;
    return { type: 'page', page: anchor === '' ? page : { ...page, anchor } };
  }
  if (type === 'software-catalog' && entityRef !== undefined && instance.source.part) {
    return { type: 'page', page: { page: 'entity', entityRef } };
  }
  const url = instance.urlOf(location) ?? location;
  const isOpened = url === location ? /^https:\/\//i.test(url) : true;
  return isOpened && isSafeUrl(url) ? { type: 'url', url } : undefined;
}

/** Registers a search provider for each Backstage source while it exists under its name. */
export function searchInstances({
  sources,
  providers,
  ...deps
}: BackstageSearchDeps & {
  readonly sources: Pick<CatalogSources, 'getSources' | 'onDidChange'>;
  readonly providers: SearchProvidersExtensionPoint;
}): Disposable {
  const store = new DisposableStore();
  const searched = new Map<string, { readonly name: string; readonly added: Disposable }>();
  const update = (): void => {
    const wanted = new Map(
      sources
        .getSources()
        .flatMap(({ id, type, name }) => (type === 'backstage' ? [[id, name]] : [])),
    );
    for (const [id, { name, added }] of searched) {
      if (wanted.get(id) === name) continue;
      searched.delete(id);
      store.delete(added);
    }
    for (const [id, name] of wanted) {
      if (searched.has(id)) continue;
      const added = store.add(providers.addProvider(backstageSearch({ id, name }, deps)));
      searched.set(id, { name, added });
    }
  };
  store.add(sources.onDidChange(update));
  update();
  return store;
}
