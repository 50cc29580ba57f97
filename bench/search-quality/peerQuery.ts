import type { SearchDocument, SearchFacet } from '../../src/api';
import type { SearchPreferences } from '../../src/features/search/core';
import type { Found } from './candidates';

/* What a product would put around a library that knows words alone, so that it is compared in finding and ranking. */

export interface PeerQuery {
  /** All words, including those of phrases. */
  readonly words: string;
  readonly allows: (found: Found) => boolean;
}

const FACETS: ReadonlySet<string> = new Set<SearchFacet>([
  ...(['kind', 'type', 'owner', 'lifecycle', 'tag', 'system'] as const),
]);

export function readPeerQuery(query: string, { mine }: SearchPreferences): PeerQuery {
  const words: string[] = [];
  const isWanted = new Map<string, ((found: Found) => boolean)[]>();
  const isUnwanted: ((found: Found) => boolean)[] = [];
  for (const [, minus, field, quoted, word = ''] of query.matchAll(
    /(-?)(?:(\w+):(?=\S))?(?:"([^"]*)"|(\S+))/g,
  )) {
    const value = (quoted ?? word).toLowerCase();
    if (field === undefined || (field !== 'in' && !FACETS.has(field))) {
      const text = field === undefined ? value : `${field}:${value}`;
      const says = ({ document }: Found): boolean => textOf(document).includes(text);
      if (minus) isUnwanted.push(says);
      else {
        words.push(text);
        if (quoted !== undefined) isWanted.set(text, [says]);
      }
      continue;
    }
    const has = ({ type, document }: Found): boolean =>
      field === 'in' ? type === value : hasFacet(document, field as SearchFacet, value, mine);
    if (minus) isUnwanted.push(has);
    else isWanted.set(field, [...(isWanted.get(field) ?? []), has]);
  }
  return {
    words: words.join(' '),
    allows: found =>
      !isUnwanted.some(is => is(found)) &&
      [...isWanted.values()].every(any => any.some(is => is(found))),
  };
}

/** Returns all texts of a document in lower case. */
export function textOf({ title, names = [], keywords = [], text = '' }: SearchDocument): string {
  return [title, ...names, ...keywords, text].join('\n').toLowerCase();
}

function hasFacet(
  { facets }: SearchDocument,
  facet: SearchFacet,
  value: string,
  mine: readonly string[],
): boolean {
  const values = facets?.[facet] ?? [];
  if (value === 'me' && facet === 'owner') return values.some(one => mine.includes(one));
  return values.some(one => one === value || one.replace(/^.*[:/]/, '') === value);
}
