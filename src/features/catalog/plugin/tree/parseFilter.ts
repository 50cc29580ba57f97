import { type PredicateTerm, queryReader, splitPredicates } from '../../../../api';
import { type CatalogFilter, type FacetName, facetNames } from './catalogFilter';

const filterParts = queryReader([...facetNames, 'is']);

/**
 * Parses a filter in the search's query syntax: `kind:api owner:team-a,team-b -tag:"two words"
 * is:mine is:starred payments`, with predicates: `where:{"spec.type": "grpc"}`. Never fails.
 */
export function parseFilter(text: string): CatalogFilter {
  const { rest, terms: predicates } = splitPredicates(text);
  const wanted = newTerms(predicates.filter(({ isExcluded }) => !isExcluded));
  const excluded = newTerms(predicates.filter(({ isExcluded }) => isExcluded));
  for (const part of filterParts(rest)) {
    const terms = part.isExcluded ? excluded : wanted;
    if (part.type !== 'filter') {
      const word = part.text.trim();
      if (word !== '') terms.words.push(word);
      continue;
    }
    for (const { value } of part.values) {
      // A filter without a value is still being typed.
      if (value === '') continue;
      const term = `${part.field}:${value.toLowerCase()}`;
      if (/^(is:mine|is:owned|owner:me)$/.test(term)) terms.ownedByMe = true;
      else if (term === 'is:starred') terms.starred = true;
      else if (part.field === 'is') terms.words.push(`is:${value}`);
      else if (!terms.facets[part.field].includes(value)) terms.facets[part.field].push(value);
    }
  }
  return { ...wanted, excluded };
}

function newTerms(predicates: readonly PredicateTerm[]): {
  readonly words: string[];
  readonly facets: Record<FacetName, string[]>;
  ownedByMe: boolean;
  starred: boolean;
  readonly predicates: readonly PredicateTerm[];
} {
  const facets = { kind: [], type: [], owner: [], lifecycle: [], tag: [] };
  return { words: [], facets, ownedByMe: false, starred: false, predicates };
}
