import type {
  CatalogService,
  ElsewhereAnswer,
  ProvidedSearchRequest,
  ProvidedSearchResult,
  SearchProvider,
  SearchResult,
  SearchService,
} from '../../../api';
import type { Logger, Registry, Result } from '../../../base';
import { askEach } from '../../../platform/core/hosts';
import type { Clock } from '../../../platform/core/ports';
import { planOf, type QueryPlan } from './index/plan';
import { saysAny } from './index/text/textPhrases';
import { parseQuery } from './query/parseQuery';
import type { ParsedQuery } from './types';

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
    const parsed = parseQuery(query, collators);
    const request = requestOf(parsed, limit);
    const all = this.#deps.providers.all();
    const providers = only === undefined ? all : all.filter(({ id }) => id === only);
    if (!request || !providers.length) return;
    const { clock, logger } = this.#deps;
    await clock.delay(PAUSE, signal);
    const known = new Set<string>();
    const { excluded } = planOf(parsed);
    await askEach(providers, (provider, ending) => provider.find(request, ending), {
      clock,
      logger,
      signal,
      onAnswer: (provider, answer) =>
        onAnswer(this.#answerOf(provider, answer, { known, excluded, limit })),
    });
  }

  #answerOf(
    { id, title }: SearchProvider,
    answer: Result<readonly ProvidedSearchResult[]>,
    {
      known,
      excluded,
      limit,
    }: Pick<QueryPlan, 'excluded'> & { readonly known: Set<string>; readonly limit: number },
  ): ElsewhereAnswer {
    const provider = { id, title };
    if (!answer.ok) return { provider, results: [], failure: answer.error };
    const { catalog } = this.#deps;
    const results = answer.value.slice(0, MOST).filter(result => {
      const { key, ref, isEntity } = result;
      if (known.has(key) || (isEntity && ref !== undefined && catalog.getEntityByRef(ref))) {
        return false;
      }
      // Others are not told what is excluded: as far as a result says it, it is left out here.
      if (wordsOf(result).some(text => saysAny(text, excluded))) return false;
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
  { words, phrases, filters }: ParsedQuery,
  limit: number,
): ProvidedSearchRequest | undefined {
  const text = [...words, ...phrases.map(phrase => phrase.join(' '))].join(' ').trim();
  return [...text].length < SHORTEST ? undefined : { text, filters, limit };
}

function wordsOf({
  title,
  snippet,
  path = [],
  ref = '',
  facets = {},
}: ProvidedSearchResult): readonly string[] {
  const name = ref.slice(ref.indexOf('/') + 1);
  return [title.text, snippet?.text ?? '', name, ...path, ...(facets.tag ?? [])];
}

function resultOf(result: ProvidedSearchResult, index: number): SearchResult {
  const { title, snippet, kind, path = [], ref, facets = {}, icon, target } = result;
  return {
    type: kind,
    title,
    snippet,
    path,
    ref,
    facets,
    icon,
    target,
    score: 1 / (index + 1),
    location: undefined,
  };
}
