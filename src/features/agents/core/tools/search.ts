import * as z from 'zod/mini';
import type { SearchResult, SearchResults } from '../../../../api';
import type { FilterPredicate } from '../../../../model/predicates';
import { parseQuery, withFilter } from '../../../search/core';
import { defineTool } from '../defineTool';
import { citation, clipText, countField, displayRef, textField, whereField } from '../fields';
import type { SearchOutput } from '../toolDescriptions';
import { type AgentServices, RefusalError } from '../types';
import { WorkspacePlaces } from '../workspacePlaces';

const MAX_TITLE = 200;
const MAX_SNIPPET = 400;
const MAX_PATH = 6;
const MAX_WORD = 100;
/** Timeout for the search index, in milliseconds. */
const READY_TIMEOUT = 20_000;

const searchInput = {
  query: textField(
    'Words (prefixes and typos match), "phrases" in quotes, and -excluded words. Narrow the results with filters: ' +
      'kind:api, type:service, owner:team-a, lifecycle:production, tag:java, system:shop.',
  ),
  where: whereField(),
  limit: countField('Maximum number of results.', { most: 50, usual: 10 }),
  offset: countField('Number of results to skip, for the next page.', {
    from: 0,
    most: 10_000,
    usual: 0,
  }),
};

export const findTool = defineTool({
  name: 'find',
  input: z.strictObject({
    ...searchInput,
    in: z.optional(
      z
        .string({ error: 'must be a result type' })
        .check(
          z.regex(/^[a-z][a-z0-9-]{0,40}$/, { error: 'must be a result type, such as docs' }),
          z.describe(
            'Result type to return: catalog, docs, apis, templates or people. Default: all types.',
          ),
        ),
    ),
  }),
  run({ query, in: type, where, limit, offset }, services, signal) {
    if (type !== undefined) refuseUnknownType(type, services);
    const narrowed = type === undefined ? query : limitToType(type, query);
    return search({ query: narrowed, where, limit, offset }, services, signal);
  },
  format: formatResults,
});

export const searchDocsTool = defineTool({
  name: 'search_docs',
  input: z.strictObject(searchInput),
  run({ query, where, limit, offset }, services, signal) {
    refuseUnknownType('docs', services);
    return search({ query: limitToType('docs', query), where, limit, offset }, services, signal);
  },
  format: formatResults,
});

/** @throws RefusalError if no collator has the type */
function refuseUnknownType(type: string, { search: { collators } }: AgentServices): void {
  if (collators.some(({ id }) => id === type)) return;
  const known = collators.map(({ id }) => id).join(', ');
  throw new RefusalError(
    `Unknown result type "${type}". ${known ? `Available: ${known}.` : 'Omit "in".'}`,
  );
}

/**
 * Returns the query limited to a result type. Other types in the query are dropped, because several types are
 * alternatives.
 */
function limitToType(type: string, query: string): string {
  const others = parseQuery(query).filters.filter(
    ({ field, value, isExcluded }) => field === 'in' && value !== type && !isExcluded,
  );
  const left = others.reduce((text, { value }) => withFilter(text, 'in', value, false), query);
  return withFilter(left, 'in', type, true);
}

interface SearchInput {
  readonly query: string;
  readonly where: FilterPredicate | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Searches once the index is ready or `READY_TIMEOUT` has passed. @throws AbortError */
async function search(
  { where, ...request }: SearchInput,
  services: AgentServices,
  signal: AbortSignal,
): Promise<SearchOutput> {
  await waitUntilReady(services, signal);
  const found = await services.search.find(
    { ...request, ...(where && { where }), withPlaces: true },
    signal,
  );
  return answerOf(found, new WorkspacePlaces(services));
}

async function waitUntilReady(
  { search: service }: AgentServices,
  signal: AbortSignal,
): Promise<void> {
  const waiting = AbortSignal.any([signal, AbortSignal.timeout(READY_TIMEOUT)]);
  try {
    await service.whenReady(waiting);
  } catch (error) {
    // Partial results are better than none; `isPartial` says so.
    if (signal.aborted || !waiting.aborted) throw error;
  }
}

function answerOf(
  { results, total, ignored, isPartial }: SearchResults,
  places: WorkspacePlaces,
): SearchOutput {
  return {
    results: results.map(result => rowOf(result, places)),
    total,
    ignored: ignored.map(word => clipText(word, MAX_WORD)),
    isPartial,
  };
}

function rowOf(result: SearchResult, places: WorkspacePlaces): SearchOutput['results'][number] {
  const { type, title, path, ref, facets, snippet, location } = result;
  return {
    type,
    title: clipText(title.text, MAX_TITLE),
    ...(path.length > 0 && { path: clipText(path.slice(0, MAX_PATH).join(' › '), MAX_TITLE) }),
    ...(ref !== undefined && { ref: displayRef(ref) }),
    ...(facets.owner?.length && { owners: facets.owner.slice(0, 5).map(displayRef) }),
    ...(snippet?.text && { snippet: clipText(snippet.text, MAX_SNIPPET) }),
    ...places.place(location),
  };
}

function formatResults(
  { results, total, ignored, isPartial }: SearchOutput,
  { query, offset }: { readonly query: string; readonly offset: number },
): readonly string[] {
  const lines = results.flatMap((result, index) => {
    const { type, title, path, ref, snippet } = result;
    const name = path === undefined ? title : `${path} › ${title}`;
    return [
      [`${offset + index + 1}. [${type}] ${name}`, ref, citation(result)]
        .filter(Boolean)
        .join(' — '),
      ...(snippet === undefined ? [] : [`   ${snippet}`]),
    ];
  });
  if (ignored.length > 0) {
    lines.unshift(`No results for all words. Showing results without: ${ignored.join(', ')}`);
  }
  const shown = offset + results.length;
  if (!results.length) {
    lines.push(offset ? 'No more results.' : `No results for "${query}".`);
  } else if (shown < total) {
    lines.push(`${total - shown} more. Use offset ${shown} to get them, or narrow the query.`);
  }
  if (isPartial)
    lines.push('The index is still being built. Results may be missing; try again later.');
  return lines;
}
