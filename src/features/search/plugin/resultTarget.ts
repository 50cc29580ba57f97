import type { LinkTarget, SearchResult, SearchService } from '../../../api';

/** What opens a result, at its place as that is now where finding it was put off. @throws AbortError */
export async function targetOfResult(
  result: SearchResult,
  search: Pick<SearchService, 'locate'>,
  signal: AbortSignal,
): Promise<LinkTarget> {
  const { target, isPlacePending } = result;
  if (!isPlacePending || target.type !== 'source') return target;
  const location = await search.locate(result, signal);
  return location ? { type: 'source', ...location } : target;
}
