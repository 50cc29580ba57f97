import {
  type Entity,
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  type FailedEntity,
  formatQueryValue,
  matchesPredicate,
  ownerRefs,
  type PredicateTerm,
  refOf,
  shortOwnerRef,
} from '../../../../api';

/** Facets of the filter. */
export const facetNames = ['kind', 'type', 'owner', 'lifecycle', 'tag'] as const;
export type FacetName = (typeof facetNames)[number];

/** Terms of a filter, compared case-insensitively. */
interface FilterTerms {
  /** Words and phrases. */
  readonly words: readonly string[];
  readonly facets: Readonly<Record<FacetName, readonly string[]>>;
  readonly ownedByMe: boolean;
  readonly starred: boolean;
  /** Predicates, which must all match. */
  readonly predicates: readonly PredicateTerm[];
}

/**
 * A filter of the Catalog tree. Several values of a facet are alternatives; all facets, words and
 * switches must match, and no excluded term may.
 */
export interface CatalogFilter extends FilterTerms {
  readonly excluded: FilterTerms;
}

const noTerms: FilterTerms = {
  words: [],
  facets: { kind: [], type: [], owner: [], lifecycle: [], tag: [] },
  ownedByMe: false,
  starred: false,
  predicates: [],
};

export const emptyFilter: CatalogFilter = { ...noTerms, excluded: noTerms };

export function isEmptyFilter(filter: CatalogFilter): boolean {
  return formatFilter(filter) === '';
}

/** Formats a filter; the inverse of `parseFilter`. */
export function formatFilter({ excluded, ...wanted }: CatalogFilter): string {
  return [...formatTerms(wanted), ...formatTerms(excluded).map(term => `-${term}`)].join(' ');
}

function formatTerms({
  words,
  facets,
  ownedByMe,
  starred,
  predicates,
}: FilterTerms): readonly string[] {
  const named = facetNames.filter(name => facets[name].length);
  return [
    ...named.map(name => `${name}:${facets[name].map(formatQueryValue).join(',')}`),
    ...(ownedByMe ? ['is:mine'] : []),
    ...(starred ? ['is:starred'] : []),
    // Quoted, because a word that looks like a filter or exclusion would be parsed as one.
    ...words.map(word => (/^(-|\{|[a-z]+:)/i.test(word) ? `"${word}"` : formatQueryValue(word))),
    ...predicates.map(({ text }) => `where:${text}`),
  ];
}

/** Returns the reason why a predicate of the filter is invalid. Such predicates are ignored. */
export function predicateErrorOf({ excluded, ...wanted }: CatalogFilter): string | undefined {
  for (const { predicate } of [...wanted.predicates, ...excluded.predicates]) {
    if (!predicate.ok) return predicate.error;
  }
  return undefined;
}

export function withFacet(
  filter: CatalogFilter,
  name: FacetName,
  values: readonly string[],
): CatalogFilter {
  return { ...filter, facets: { ...filter.facets, [name]: [...values] } };
}

/** Number of occurrences of each value, by facet and spelling. */
export type Facets = Readonly<Record<FacetName, ReadonlyMap<string, number>>>;

/** Counts the facet values of entities. */
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
        // The first of several spellings is used.
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
  /** Facets of all entities: a value that doesn't occur matches as a prefix. */
  readonly facets: Facets;
  readonly ownershipRefs: readonly string[];
  isStarred(ref: string): boolean;
}

export interface CompiledFilter {
  matches(entity: Entity): boolean;
  matchesFailed(failed: FailedEntity): boolean;
}

/** Compiles a filter for testing many entities. */
export function compileFilter(filter: CatalogFilter, context: FilterContext): CompiledFilter {
  const wanted = testsOf(filter, context);
  // Excluded values must match exactly, as in the search.
  const excluded = testsOf(filter.excluded, { ...context, facets: undefined });
  return {
    matches: entity =>
      wanted.every(test => test.matches(entity)) && !excluded.some(test => test.matches(entity)),
    matchesFailed: failed =>
      wanted.every(test => test.matchesFailed(failed)) &&
      !excluded.some(test => test.matchesFailed(failed)),
  };
}

/** Creates a test per facet, word and switch. */
function testsOf(
  { facets, ownedByMe, starred, words, predicates }: FilterTerms,
  context: Omit<FilterContext, 'facets'> & { readonly facets: Facets | undefined },
): readonly CompiledFilter[] {
  const tests: CompiledFilter[] = [];
  for (const name of facetNames) {
    if (!facets[name].length) continue;
    const test = valueTest(name, facets[name], context.facets?.[name]);
    tests.push({
      matches: entity => facetValues(entity, name).some(test),
      matchesFailed: ({ kind }) => name === 'kind' && kind !== undefined && test(kind),
    });
  }
  if (ownedByMe) {
    const mine = new Set(context.ownershipRefs);
    tests.push({
      matches: entity => ownerRefs(entity).some(ref => mine.has(ref)),
      matchesFailed: () => false,
    });
  }
  if (starred) {
    tests.push({
      matches: entity => context.isStarred(refOf(entity)),
      matchesFailed: () => false,
    });
  }
  for (const { predicate } of predicates) {
    if (!predicate.ok) continue;
    const { value } = predicate;
    tests.push({ matches: entity => matchesPredicate(value, entity), matchesFailed: () => false });
  }
  for (const word of words.map(written => written.toLowerCase())) {
    tests.push({
      matches: entity => searchText(entity).includes(word),
      matchesFailed: ({ kind = '', namespace = '', name = '', source }) =>
        `${kind} ${namespace} ${name} ${source.file}`.toLowerCase().includes(word),
    });
  }
  return tests;
}

/** @param known - occurring values, others match as prefixes; undefined: values must match exactly */
function valueTest(
  name: FacetName,
  values: readonly string[],
  known: ReadonlyMap<string, number> | undefined,
): (value: string) => boolean {
  const wanted = values.map(value =>
    (name === 'owner' ? shortOwnerRef(value) : value).toLowerCase(),
  );
  const exact = new Set(wanted);
  const occurring = new Set([...(known?.keys() ?? [])].map(value => value.toLowerCase()));
  const prefixes = known ? wanted.filter(value => !occurring.has(value)) : [];
  return value => {
    const lower = value.toLowerCase();
    return exact.has(lower) || prefixes.some(prefix => lower.startsWith(prefix));
  };
}

/** Cache of search texts: entities are immutable. */
const searchTexts = new WeakMap<Entity, string>();

/** Returns all searchable text of an entity, in lowercase. */
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
