import type { CatalogService, SearchDocument } from '../../src/api';
import { type IndexedSource, parseQuery } from '../../src/features/search/core';
import { EntitySearch } from '../../src/features/search/core/entities';
import { type Entity, parseEntityRef, stringifyEntityRef } from '../../src/model';
import { type Candidate, finish, type Found } from './candidates';
import { SEEN } from './scoring';
import type { QualityGroup } from './types';

/* The finder of Go to Entity… beside the search, both over the same entities and nothing else. */

const ENTITY_TYPES: ReadonlySet<string> = new Set(['catalog', 'people', 'templates']);

/** Returns the entities among the documents. */
export function entitySources(sources: readonly IndexedSource[]): readonly IndexedSource[] {
  return sources
    .filter(({ type }) => ENTITY_TYPES.has(type))
    .map(source => ({
      ...source,
      documents: source.documents.filter(({ ref }) => ref !== undefined),
    }));
}

/** Returns the cases that expect only entities and contain only words. */
export function entityGroups(groups: readonly QualityGroup[]): readonly QualityGroup[] {
  return groups
    .map(group => ({
      ...group,
      cases: group.cases.filter(({ query, expected, never }) => {
        const { filters, phrases, excludedWords, excludedPhrases } = parseQuery(query);
        const isWords = ![filters, phrases, excludedWords, excludedPhrases].some(one => one.length);
        return isWords && !never && !expected.flat().some(id => /^(docs|apis):/.test(id));
      }),
    }))
    .filter(({ cases }) => cases.length > 0);
}

/** Returns the prefixes of each case, from the third letter on. */
export function prefixGroups(groups: readonly QualityGroup[]): readonly QualityGroup[] {
  return groups.map(group => ({
    ...group,
    cases: group.cases.flatMap(one =>
      [...one.query].flatMap((_, at) =>
        at < 2 ? [] : [{ ...one, query: one.query.slice(0, at + 1) }],
      ),
    ),
  }));
}

export const entitySearchCandidate: Candidate = {
  name: 'entity search',
  open(sources) {
    const found = new Map<string, Found>();
    for (const { type, documents } of sources) {
      for (const document of documents) found.set(document.ref ?? '', { type, document });
    }
    const entities = new Map([...found].map(([ref, { document }]) => [ref, entityOf(document)]));
    const catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntityRefs' | 'onDidChange'> = {
      getEntityByRef: ref => entities.get(typeof ref === 'string' ? ref : stringifyEntityRef(ref)),
      getEntityRefs: () => [...entities.keys()],
      onDidChange: () => ({ dispose() {} }),
    };
    const search = new EntitySearch(catalog);
    finish(search.search({ query: '', limit: SEEN }));
    finish(search.read());
    return (query, { recent, starred }) => {
      const preferred = [...new Set([...recent, ...starred])];
      const refs = finish(search.search({ query, limit: SEEN, preferred }));
      return refs.flatMap(ref => found.get(ref) ?? []);
    };
  },
};

function entityOf({ ref = '', title, text, keywords = [], facets }: SearchDocument): Entity {
  const { kind, namespace, name } = parseEntityRef(ref);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace,
      title,
      description: text ?? '',
      tags: [...(facets?.tag ?? keywords)],
    },
    relations: (facets?.owner ?? []).map(targetRef => ({ type: 'ownedBy', targetRef })),
  };
}
