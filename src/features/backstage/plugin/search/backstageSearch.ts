import {
  type BackstageInstance,
  type BackstageInstances,
  type CatalogService,
  instanceSiteId,
  type InstanceSearchPage,
  type InstanceSearchResult,
  type LinkTarget,
  type ProvidedSearchRequest,
  type ProvidedSearchResult,
  type SearchProvider,
  type TechDocsService,
} from '../../../../api';
import type { Translate } from '../../../../base';
import { parseEntityRef } from '../../../../model';
import { entityTitle, isSafeUrl, kindIcon } from '../../../../model/presentation';
import { type BackstageQuery, backstageQuery, fits, kindAsWritten } from './backstageQuery';

export interface BackstageSearchDeps {
  readonly instances: BackstageInstances;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly techdocs: Pick<TechDocsService, 'locate'>;
  readonly translate: Translate;
}

/** The search of a Backstage that is a source: for what the catalog does not hold, and what is not in it. */
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

/** Some of what is found may be here, or not fit what the server cannot filter by. */
const SPARE = 3;
const MOST = 100;

/** Where a type is excluded, most of what is found may be of it: a server can only be told which there are to be. */
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

/** What the workspace or the catalog has is searched by the index. */
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

/** What it is, for people. */
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
 * Docs open in the reader, and so does the page of an entity where only a part of the catalog is held: it is brought then.
 * What is nowhere here opens in a browser, if that is asked for safely.
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
