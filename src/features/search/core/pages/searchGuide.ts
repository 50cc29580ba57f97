import type { SearchFacet, SearchResults } from '../../../../api';
import { withFilterToggled } from './queryFilters';
import type { SearchPagesDeps } from './searchPagesDeps';
import type { SearchExample, SearchGuide } from './searchView';

/** Shorter words with a letter less could be many another. */
const LONG_WORD = 6;

/** What can be searched, and queries that find something in this very workspace. */
export function guideOf(
  { facets, results }: SearchResults,
  { search, identity }: Pick<SearchPagesDeps, 'search' | 'identity'>,
): SearchGuide {
  const parts = search.collators.map(({ id, title, icon }) => ({
    title,
    icon,
    query: `in:${id}`,
    ...(facets.in && { count: facets.in.find(({ value }) => value === id)?.count ?? 0 }),
  }));
  const titles = results.map(({ title }) => title.text);
  const misspelt = titles.flatMap(title => misspeltWord(title) ?? [])[0];
  const phrase = titles.find(title => /^[\w-]{2,30}( [\w-]{2,30}){1,3}$/.test(title));
  const filterBy = (about: SearchExample['about'], facet: SearchFacet): SearchExample[] =>
    (facets[facet] ?? [])
      .slice(0, 1)
      .map(({ value }) => ({ about, query: withFilterToggled('', facet, value) }));
  const isDeprecated = facets.lifecycle?.some(({ value }) => value === 'deprecated');
  const examples: SearchExample[] = [
    ...(misspelt === undefined ? [] : [{ about: 'misspelt' as const, query: misspelt }]),
    ...(phrase === undefined ? [] : [{ about: 'phrase' as const, query: `"${phrase}"` }]),
    ...filterBy('kind', 'kind'),
    ...(facets.owner?.length && identity.getOwnershipRefs().length
      ? [{ about: 'mine' as const, query: 'owner:me' }]
      : []),
    ...filterBy('tag', 'tag'),
    ...filterBy('system', 'system'),
    ...(isDeprecated ? [{ about: 'excluded' as const, query: '-lifecycle:deprecated' }] : []),
  ];
  return { parts, examples };
}

/** Its first long word in which two letters can change their places. */
function misspeltWord(title: string): string | undefined {
  const words = title
    .slice(0, 200)
    .toLowerCase()
    .split(/[^a-z]/);
  const word = words.find(
    ({ length, 1: second, 2: third }) => length >= LONG_WORD && second !== third,
  );
  return word && `${word.charAt(0)}${word.charAt(2)}${word.charAt(1)}${word.slice(3)}`;
}
