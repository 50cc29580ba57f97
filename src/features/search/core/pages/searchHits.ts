import type { SearchResult } from '../../../../api';
import { hashText } from '../../../../base';
import { entityLifecycle, entityType } from '../../../../model/presentation';
import { markedParts } from './markedParts';
import { titleOfRef } from './searchFacets';
import type { SearchPagesDeps } from './searchPagesDeps';
import type { SearchHitView } from './searchView';

/** As many characters as stand in a row, and a few lines of text. */
const MAX_TITLE = 200;
const MAX_SNIPPET = 320;
const MAX_PATH = 8;

export function hitView(result: SearchResult, deps: SearchPagesDeps): SearchHitView {
  const { icon, title, path, snippet, facets, ref, target, location, isPlacePending } = result;
  const [owner] = facets.owner ?? [];
  const lifecycle = facets.lifecycle?.[0] ?? lifecycleOf(result, deps);
  return {
    icon,
    title: markedParts(title, MAX_TITLE),
    kind: kindOf(result, deps),
    path: path.slice(-MAX_PATH).map(part => part.slice(0, MAX_TITLE)),
    ...(snippet?.text && { snippet: markedParts(snippet, MAX_SNIPPET) }),
    ...(owner !== undefined && { owner: titleOfRef(owner, deps) }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(ref !== undefined && { entityRef: ref }),
    target,
    ...(isPlacePending
      ? { placeKey: placeKeyOf(result) }
      : location && { file: location, place: placeOf(location, deps) }),
  };
}

/** Tells a result from others, also in another answer. */
export function placeKeyOf({ type, ref, path, title, target }: SearchResult): string {
  return hashText(JSON.stringify([type, ref, path, title.text, target]));
}

/** Of an entity, its kind and type; of anything else, what the collator calls its documents. */
function kindOf(result: SearchResult, { catalog, search }: SearchPagesDeps): string {
  const entity = isEntityItself(result) ? catalog.getEntityByRef(result.ref) : undefined;
  if (entity) return [entity.kind, entityType(entity)].filter(Boolean).join(' · ');
  return search.collators.find(({ id }) => id === result.type)?.title ?? result.type;
}

function lifecycleOf(result: SearchResult, { catalog }: SearchPagesDeps): string | undefined {
  const entity = isEntityItself(result) ? catalog.getEntityByRef(result.ref) : undefined;
  return entity && entityLifecycle(entity);
}

/** Others belong to an entity. */
function isEntityItself(result: SearchResult): result is SearchResult & { readonly ref: string } {
  const { ref, target } = result;
  return ref !== undefined && target.type === 'entity' && target.entityRef === ref;
}

/** A file, and the line as editors count it. */
function placeOf(
  { file, range }: NonNullable<SearchResult['location']>,
  deps: SearchPagesDeps,
): string {
  const path = deps.placeOf(file);
  return range ? `${path}:${range.start.line + 1}` : path;
}
