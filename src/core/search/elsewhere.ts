import type {
  CatalogService,
  ElsewhereAnswer,
  ProvidedSearchRequest,
  ProvidedSearchResult,
  SearchProvider,
  SearchResult,
  SearchService,
} from '../../api';
import type { Logger, Registry, Result } from '../../base';
import { askEach } from '../hosts';
import type { Clock } from '../ports';
import { parseQuery } from './query/parseQuery';

/** Milliseconds without another query until others are asked. */
const PAUSE = 250;
/** Fewer letters find too much. */
const SHORTEST = 2;
/** A provider may give more than was asked for. */
const MOST = 50;

export interface ElsewhereDeps {
  readonly providers: Registry<SearchProvider>;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Asks who searches other machines, each for itself: none delays the others, or fails for them. */
export class Elsewhere {
  readonly #deps: ElsewhereDeps;

  constructor(deps: ElsewhereDeps) {
    this.#deps = deps;
  }

  get providers(): SearchService['providers'] {
    return this.#deps.providers.all().map(({ id, title }) => ({ id, title }));
  }

  /** @throws AbortError */
  async find(
    {
      query,
      limit,
      provider: only,
    }: { readonly query: string; readonly limit: number; readonly provider?: string },
    { collators, signal, onAnswer }: ElsewhereOptions,
  ): Promise<void> {
    signal.throwIfAborted();
    const request = requestOf(query, { collators, limit });
    const all = this.#deps.providers.all();
    const providers = only === undefined ? all : all.filter(({ id }) => id === only);
    if (!request || !providers.length) return;
    const { clock, logger } = this.#deps;
    await clock.delay(PAUSE, signal);
    const known = new Set<string>();
    await askEach(providers, (provider, ending) => provider.find(request, ending), {
      ...{ clock, logger, signal },
      onAnswer: (provider, answer) => onAnswer(this.#answerOf(provider, answer, { known, limit })),
    });
  }

  #answerOf(
    { id, title }: SearchProvider,
    answer: Result<readonly ProvidedSearchResult[]>,
    { known, limit }: { readonly known: Set<string>; readonly limit: number },
  ): ElsewhereAnswer {
    const provider = { id, title };
    if (!answer.ok) return { provider, results: [], failure: answer.error };
    const { catalog } = this.#deps;
    const results = answer.value.slice(0, MOST).filter(({ key, ref, isEntity }) => {
      if (known.has(key) || (isEntity && ref !== undefined && catalog.getEntityByRef(ref))) {
        return false;
      }
      known.add(key);
      return true;
    });
    return { provider, results: results.slice(0, limit).map(resultOf) };
  }
}

export interface ElsewhereOptions {
  readonly collators: SearchService['collators'];
  readonly signal: AbortSignal;
  readonly onAnswer: (answer: ElsewhereAnswer) => void;
}

/** Undefined where nothing is looked for that others could find. */
function requestOf(
  query: string,
  { collators, limit }: { readonly collators: SearchService['collators']; readonly limit: number },
): ProvidedSearchRequest | undefined {
  const { words, phrases, filters } = parseQuery(query, collators);
  const text = [...words, ...phrases.map(phrase => phrase.join(' '))].join(' ').trim();
  return [...text].length < SHORTEST ? undefined : { text, filters, limit };
}

function resultOf(result: ProvidedSearchResult, index: number): SearchResult {
  const { title, snippet, kind, path = [], ref, facets = {}, icon, target } = result;
  return {
    ...{ type: kind, title, snippet, path, ref, facets, icon, target },
    ...{ score: 1 / (index + 1), location: undefined },
  };
}
