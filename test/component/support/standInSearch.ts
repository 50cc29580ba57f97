import type {
  CatalogService,
  ProviderAnswer,
  MarkedText,
  SearchFacet,
  SearchFacets,
  SearchRequest,
  SearchResult,
  SearchResults,
  SearchService,
  SearchState,
  StateService,
  TextMark,
} from '../../../src/api';
import { Emitter } from '../../../src/base';
import { hasFilter, parseQuery } from '../../../src/features/search/core';
import { SavedSearches } from '../../../src/features/search/core/searchService';
import {
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  kindIcon,
  ownerRefs,
  refOf,
  relationTargets,
} from '../../../src/model/presentation';

interface Row {
  readonly result: SearchResult;
  /** Searchable text, in lower case. */
  readonly text: string;
  readonly body: string;
  /** Tags and values of annotations. */
  readonly keywords: readonly string[];
}

export interface StandInSearchDeps {
  readonly catalog: CatalogService;
  readonly state: StateService;
  /** Markdown by URI. */
  readonly pages: () => Readonly<Record<string, string>>;
}

const facetsOf: readonly (SearchFacet | 'in')[] = [
  ...(['in', 'kind', 'type', 'owner', 'lifecycle', 'tag', 'system'] as const),
];

/**
 * A search over the catalog and Markdown whose states a test controls: it matches words literally
 * and supports filters. The real search has its own tests of ranking and fuzzy matching.
 */
export class StandInSearch implements SearchService {
  #deps: StandInSearchDeps;
  #changed = new Emitter<void>();
  #history: SavedSearches;
  /** Results of remote providers. */
  elsewhere: readonly ProviderAnswer[] = [];
  /** Overrides the state; default: the index is ready with the catalog. */
  #set: SearchState | undefined;
  /** The error that searches fail with. */
  failure: string | undefined;
  /** Whether results and completions are delayed. */
  isHeld = false;
  /** Queries with held results. */
  readonly heldQueries: string[] = [];
  isCompletingHeld = false;
  #release: (() => void)[] = [];

  readonly onDidChange = this.#changed.event;
  readonly filters = [];

  get providers(): SearchService['providers'] {
    return this.elsewhere.map(({ provider }) => provider);
  }

  findWithProviders: SearchService['findWithProviders'] = async (request, { signal, onAnswer }) => {
    for (const answer of this.elsewhere) {
      if (answer.provider.id !== request.provider) continue;
      // Like a provider that never answers.
      if (answer.provider.id === 'silent') {
        await new Promise((_, reject) => signal.addEventListener('abort', reject));
      }
      onAnswer(answer);
    }
  };

  readonly collators = [
    { id: 'catalog', title: 'Catalog', icon: 'table' },
    { id: 'docs', title: 'Docs', icon: 'book' },
  ];

  constructor(deps: StandInSearchDeps) {
    this.#deps = deps;
    this.#history = new SavedSearches(deps.state);
    deps.catalog.onDidChangeStatus(() => this.#changed.fire());
  }

  get state(): SearchState {
    if (this.#set) return this.#set;
    const isReady = this.#deps.catalog.status === 'ready';
    return isReady ? { type: 'ready' } : { type: 'indexing', done: 0, total: undefined };
  }

  become(state: SearchState): void {
    this.#set = state;
    this.#changed.fire();
  }

  release(): void {
    this.isHeld = false;
    this.isCompletingHeld = false;
    for (const go of this.#release.splice(0)) go();
  }

  async find(request: SearchRequest, signal: AbortSignal): Promise<SearchResults> {
    if (this.failure !== undefined) throw new Error(this.failure);
    if (this.isHeld) {
      this.heldQueries.push(request.query);
      await this.#released();
    }
    signal.throwIfAborted();
    const { query, limit, offset = 0, withFacets = false } = request;
    const parsed = parseQuery(query, this.collators);
    const wanted = [...parsed.words, ...parsed.phrases.map(words => words.join(' '))];
    const asked = parsed.filters.filter(({ isExcluded }) => !isExcluded);
    const excluded = parsed.filters.filter(({ isExcluded }) => isExcluded);
    const found = this.#rows().filter(({ text, result }) => {
      const has = (filters: typeof asked, field: SearchFacet | 'in'): boolean => {
        const values = field === 'in' ? [result.type] : (result.facets[field] ?? []);
        const plain = filters.map(filter => ({ ...filter, isExcluded: false }));
        return values.some(value => hasFilter({ filters: plain }, field, value));
      };
      return (
        wanted.every(word => text.includes(word)) &&
        asked.every(({ field }) => has(asked, field)) &&
        !excluded.some(({ field }) => has(excluded, field))
      );
    });
    const ranked = found
      .map(row => ({ row, isTitle: wanted.some(word => includes(row.result.title.text, word)) }))
      .sort((a, b) => Number(b.isTitle) - Number(a.isTitle));
    return {
      results: ranked.slice(offset, offset + limit).map(({ row: { result, body, keywords } }) => ({
        ...result,
        title: marked(result.title.text, wanted),
        snippet: body ? snippetOf(body, wanted) : undefined,
        matches: keywords
          .map(keyword => marked(keyword, wanted))
          .filter(({ marks }) => marks.length > 0),
      })),
      total: found.length,
      facets: withFacets ? counts(found.map(({ result }) => result)) : {},
      ignored: [],
      isPartial: this.state.type === 'indexing',
      tookMs: 3,
    };
  }

  locate: SearchService['locate'] = async ({ location }) => location;

  complete: SearchService['complete'] = async (query, at) => {
    if (this.isCompletingHeld) await this.#released();
    const from = query.lastIndexOf(' ', at - 1) + 1;
    const typed = query.slice(from, at);
    return ['kind:api', 'kind:component', 'kind:system', 'in:docs', 'in:catalog', 'owner:me']
      .filter(text => text.startsWith(typed) && typed !== '')
      .map(text => ({ text: `${text} `, replaces: [from, at] as const, label: text }));
  };

  history: SearchService['history'] = async () => this.#history;
  whenReady: SearchService['whenReady'] = async () => {};
  rebuild: SearchService['rebuild'] = async () => {};

  #released(): Promise<void> {
    return new Promise(resolve => this.#release.push(resolve));
  }

  #rows(): readonly Row[] {
    const { catalog, pages } = this.#deps;
    const entities = catalog.getEntities().map((entity): Row => {
      const ref = refOf(entity);
      const source = catalog.getEntitySource(ref);
      const body = entityDescription(entity) ?? '';
      const facets = withoutNothing({
        kind: [entity.kind.toLowerCase()],
        type: [entityType(entity)],
        lifecycle: [entityLifecycle(entity)],
        owner: ownerRefs(entity),
        tag: entityTags(entity),
        system: relationTargets(entity, 'partOf').filter(target => target.startsWith('system:')),
      });
      return row(
        {
          type: 'catalog',
          ref,
          facets,
          icon: kindIcon(entity.kind),
          path: [],
          title: { text: entityTitle(entity), marks: [] },
          location: source && { file: source.file, range: source.nameRange },
          target: { type: 'entity', entityRef: ref },
        },
        body,
        [
          ...entityTags(entity),
          ...Object.values(entity.metadata['annotations'] ?? {}).filter(isString),
        ].filter(keyword => !keyword.includes('/')),
      );
    });
    const sections = Object.entries(pages()).flatMap(([file, text]) => sectionsOf(file, text));
    return [...entities, ...sections];
  }
}

function row(
  found: Omit<SearchResult, 'score' | 'snippet'>,
  body: string,
  keywords: readonly string[] = [],
): Row {
  const result = { ...found, score: 1, snippet: undefined };
  const text = [result.title.text, body, ...keywords].join(' ').toLowerCase();
  return { result, body, keywords, text };
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** The text below each heading. */
function sectionsOf(file: string, text: string): readonly Row[] {
  const lines = text.split('\n');
  const name = file.slice(file.lastIndexOf('/') + 1);
  return lines.flatMap((line, index) => {
    const heading = /^#+ (.+)$/.exec(line)?.[1];
    if (heading === undefined) return [];
    const next = lines.findIndex((other, at) => at > index && /^#+ /.test(other));
    const body = lines.slice(index + 1, next < 0 ? undefined : next).join(' ');
    const start = { line: index, character: 0 };
    const location = { file, range: { start, end: start } };
    const target = { type: 'source', ...location } as const;
    const where = { path: [name], location, target };
    const what = { type: 'docs', ref: undefined, facets: {}, icon: 'book' };
    return [row({ ...what, ...where, title: { text: heading, marks: [] } }, body)];
  });
}

function includes(text: string, word: string): boolean {
  return text.toLowerCase().includes(word);
}

function marked(text: string, words: readonly string[]): MarkedText {
  const lower = text.toLowerCase();
  const marks = words
    .map(word => [lower.indexOf(word), lower.indexOf(word) + word.length] as const)
    .filter(([from]) => from >= 0)
    .sort(([a], [b]) => a - b);
  return { text, marks: marks satisfies readonly TextMark[] };
}

function snippetOf(body: string, words: readonly string[]): MarkedText {
  const first = Math.max(0, body.toLowerCase().indexOf(words[0] ?? '') - 60);
  return marked(body.slice(first, first + 240), words);
}

function counts(results: readonly SearchResult[]): SearchResults['facets'] {
  const counted = facetsOf.map(field => {
    const byValue = new Map<string, number>();
    for (const { type, facets } of results) {
      for (const value of field === 'in' ? [type] : (facets[field] ?? []))
        byValue.set(value, (byValue.get(value) ?? 0) + 1);
    }
    const all = [...byValue].map(([value, count]) => ({ value, count }));
    return [field, all.sort((a, b) => b.count - a.count)] as const;
  });
  return Object.fromEntries(counted);
}

function withoutNothing(
  facets: Readonly<Record<SearchFacet, readonly (string | undefined)[]>>,
): SearchFacets {
  return Object.fromEntries(
    Object.entries(facets).map(([facet, values]) => [
      facet,
      values.filter(value => value !== undefined),
    ]),
  );
}
