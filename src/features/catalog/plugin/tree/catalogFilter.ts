import type { Entity, FailedEntity } from '../../../../api';
import {
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  ownerRefs,
  refOf,
  shortOwnerRef,
} from '../../../../model/presentation';

/** The fields whose values can be picked. */
export const facetNames = ['kind', 'type', 'owner', 'lifecycle', 'tag'] as const;
export type FacetName = (typeof facetNames)[number];

/**
 * What the Catalog tree shows. Of several values of one facet any may match; all facets, all words
 * and all switches must. Everything compares case-insensitively.
 */
export interface CatalogFilter {
  readonly words: readonly string[];
  readonly facets: Readonly<Record<FacetName, readonly string[]>>;
  readonly ownedByMe: boolean;
  readonly starred: boolean;
}

export const emptyFilter: CatalogFilter = {
  words: [],
  facets: { kind: [], type: [], owner: [], lifecycle: [], tag: [] },
  ownedByMe: false,
  starred: false,
};

export function isEmptyFilter(filter: CatalogFilter): boolean {
  return formatFilter(filter) === '';
}

/**
 * Reads a filter as people type it: `kind:api owner:team-a,team-b tag:"two words" is:mine
 * is:starred payments`. Whatever is no qualifier is a word; nothing is refused.
 */
export function parseFilter(text: string): CatalogFilter {
  const words: string[] = [];
  const facets: Record<FacetName, string[]> = {
    kind: [],
    type: [],
    owner: [],
    lifecycle: [],
    tag: [],
  };
  let ownedByMe = false;
  let starred = false;
  for (const token of splitTokens(text)) {
    const qualifier = /^([a-z]+):(.*)$/is.exec(token.written);
    const name = qualifier?.[1]?.toLowerCase();
    const value = qualifier?.[2] ?? '';
    if (name === 'is' && /^(mine|owned)$/i.test(value)) ownedByMe = true;
    else if (name === 'is' && /^starred$/i.test(value)) starred = true;
    else if (isFacetName(name)) {
      // A qualifier without a value is one that is still being typed.
      for (const item of splitValues(value)) {
        if (!facets[name].includes(item)) facets[name].push(item);
      }
    } else {
      const word = unquote(token.written);
      if (word !== '') words.push(word);
    }
  }
  return { words, facets, ownedByMe, starred };
}

/** The inverse of `parseFilter`. */
export function formatFilter(filter: CatalogFilter): string {
  const parts: string[] = [];
  for (const name of facetNames) {
    const values = filter.facets[name];
    if (values.length) parts.push(`${name}:${values.map(quote).join(',')}`);
  }
  if (filter.ownedByMe) parts.push('is:mine');
  if (filter.starred) parts.push('is:starred');
  // A word that reads as a qualifier would not come back as a word.
  parts.push(...filter.words.map(word => (/^[a-z]+:/i.test(word) ? `"${word}"` : quote(word))));
  return parts.join(' ');
}

export function withFacet(
  filter: CatalogFilter,
  name: FacetName,
  values: readonly string[],
): CatalogFilter {
  return { ...filter, facets: { ...filter.facets, [name]: [...values] } };
}

/** How often each value of each facet occurs, by its spelling for people. */
export type Facets = Readonly<Record<FacetName, ReadonlyMap<string, number>>>;

/** Counts the values of entities that are handed in one after the other. */
export class FacetCollector {
  #facets: Record<FacetName, Map<string, number>> = {
    kind: new Map(),
    type: new Map(),
    owner: new Map(),
    lifecycle: new Map(),
    tag: new Map(),
  };
  #spelling = new Map<string, string>();

  get facets(): Facets {
    return this.#facets;
  }

  add(entity: Entity): void {
    for (const name of facetNames) {
      const facet = this.#facets[name];
      for (const value of facetValues(entity, name)) {
        // The first spelling stands for all that differ in case only.
        const key = `${name}:${value.toLowerCase()}`;
        const spelt = this.#spelling.get(key) ?? value;
        this.#spelling.set(key, spelt);
        facet.set(spelt, (facet.get(spelt) ?? 0) + 1);
      }
    }
  }
}

export function facetValues(entity: Entity, name: FacetName): readonly string[] {
  switch (name) {
    case 'kind':
      return [entity.kind];
    case 'type':
      return optional(entityType(entity));
    case 'lifecycle':
      return optional(entityLifecycle(entity));
    case 'tag':
      return entityTags(entity);
    case 'owner':
      return ownerRefs(entity).map(shortOwnerRef);
  }
}

export interface FilterContext {
  /** Of all entities: a value that occurs nowhere stands for those that start with it. */
  readonly facets: Facets;
  readonly ownershipRefs: readonly string[];
  isStarred(ref: string): boolean;
}

export interface CompiledFilter {
  matches(entity: Entity): boolean;
  matchesFailed(failed: FailedEntity): boolean;
}

/** Makes a filter ready to be asked about many entities. */
export function compileFilter(filter: CatalogFilter, context: FilterContext): CompiledFilter {
  const words = filter.words.map(word => word.toLowerCase());
  const facetTests = facetNames
    .filter(name => filter.facets[name].length)
    .map(name => {
      const known = new Set([...context.facets[name].keys()].map(value => value.toLowerCase()));
      const wanted = filter.facets[name].map(value =>
        (name === 'owner' ? shortOwnerRef(value) : value).toLowerCase(),
      );
      const exact = new Set(wanted.filter(value => known.has(value)));
      const prefixes = wanted.filter(value => !known.has(value));
      const test = (value: string): boolean => {
        const lower = value.toLowerCase();
        return exact.has(lower) || prefixes.some(prefix => lower.startsWith(prefix));
      };
      return { name, test };
    });
  const mine = new Set(context.ownershipRefs);
  return {
    matches(entity) {
      for (const { name, test } of facetTests) {
        if (!facetValues(entity, name).some(test)) return false;
      }
      if (filter.ownedByMe && !ownerRefs(entity).some(ref => mine.has(ref))) return false;
      if (filter.starred && !context.isStarred(refOf(entity))) return false;
      if (!words.length) return true;
      const text = searchText(entity);
      return words.every(word => text.includes(word));
    },
    matchesFailed({ kind, name, namespace, source }) {
      if (filter.ownedByMe || filter.starred) return false;
      for (const { name: facet, test } of facetTests) {
        if (facet !== 'kind' || kind === undefined || !test(kind)) return false;
      }
      const text = `${kind ?? ''} ${namespace ?? ''} ${name ?? ''} ${source.file}`.toLowerCase();
      return words.every(word => text.includes(word));
    },
  };
}

/** Entities are replaced, never changed, so what was put together once stays true. */
const searchTexts = new WeakMap<Entity, string>();

/** Everything of an entity that a word may match, in lower case. */
export function searchText(entity: Entity): string {
  let text = searchTexts.get(entity);
  if (text === undefined) {
    text = [
      entityTitle(entity),
      refOf(entity),
      entityDescription(entity) ?? '',
      entityType(entity) ?? '',
      ...ownerRefs(entity),
      ...entityTags(entity),
    ]
      .join('\n')
      .toLowerCase();
    searchTexts.set(entity, text);
  }
  return text;
}

function optional(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function isFacetName(name: string | undefined): name is FacetName {
  return facetNames.some(facet => facet === name);
}

/** Splits at blanks outside quotes; a quote that is never closed reaches to the end. */
function splitTokens(text: string): { readonly written: string }[] {
  return [...text.matchAll(/(?:"[^"]*(?:"|$)|[^\s"])+/g)].map(([written]) => ({ written }));
}

/** Splits at commas outside quotes. */
function splitValues(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*(?:"|$)|[^,"])+/g)]
    .map(([written]) => unquote(written))
    .filter(value => value !== '');
}

function unquote(text: string): string {
  return text.replaceAll('"', '').trim();
}

function quote(value: string): string {
  return /[\s,]/.test(value) ? `"${value}"` : value;
}
