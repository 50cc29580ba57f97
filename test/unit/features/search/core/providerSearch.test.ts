import { describe, expect, it } from 'vitest';
import type { ProviderAnswer, ProvidedSearchResult, SearchProvider } from '../../../../../src/api';
import { Registry, silentLogger } from '../../../../../src/base';
import { ProviderSearch } from '../../../../../src/features/search/core/providerSearch';
import { entityOf } from '../../../../support/entityOf';
import { InMemoryCatalog } from '../../../../support/inMemoryCatalog';
import { ManualClock } from '../../../../support/manualClock';

const collators = [{ id: 'docs', title: 'Docs', icon: 'book' }];

function aFind(title: string, fields: Partial<ProvidedSearchResult> = {}): ProvidedSearchResult {
  return {
    key: title,
    kind: 'Component',
    icon: 'chip',
    title: { text: title, marks: [] },
    target: { type: 'url', url: 'https://acme.example/' },
    ...fields,
  };
}

function open(...providers: readonly SearchProvider[]) {
  const clock = new ManualClock();
  const registry = new Registry<SearchProvider>();
  for (const provider of providers) registry.add(provider);
  const catalog = new InMemoryCatalog({ entities: [entityOf('component:here')] });
  const elsewhere = new ProviderSearch({
    providers: registry,
    catalog,
    clock,
    logger: silentLogger,
  });
  const answers: ProviderAnswer[] = [];
  const ending = new AbortController();
  const find = (query: string, limit = 10, provider?: string): Promise<void> =>
    elsewhere.find(
      { query, limit, ...(provider !== undefined && { provider }) },
      { collators, signal: ending.signal, onAnswer: answer => answers.push(answer) },
    );
  const reported = (): readonly unknown[] =>
    answers.map(({ provider, results, failure }) => [
      provider.title,
      failure ?? results.map(({ title }) => title.text),
    ]);
  return { clock, find, reported, ending };
}

const acme = (find: SearchProvider['find']): SearchProvider => ({
  id: 'acme',
  title: 'Acme',
  find,
});
const other = (find: SearchProvider['find']): SearchProvider => ({
  id: 'other',
  title: 'Other',
  find,
});
/** Longer than the delay before a search. */
const PAUSE = 300;

describe('search in providers', () => {
  it('may use one provider only', async () => {
    const requests: string[] = [];
    const { clock, find } = open(
      acme(async () => (requests.push('acme'), [])),
      other(async () => (requests.push('other'), [])),
    );
    const finding = find('shop', 10, 'other');
    await clock.pass(PAUSE);
    await finding;
    expect(requests).toEqual(['other']);
  });

  it('drops results with an excluded word', async () => {
    const marks: [] = [];
    const { clock, find, reported } = open(
      acme(async () => [
        aFind('Shop'),
        aFind('Old shop'),
        aFind('By text', { snippet: { text: 'An old one', marks } }),
        aFind('By path', { path: ['The Old Site'] }),
        aFind('By name', { ref: 'component:default/shop-old' }),
        aFind('By tag', { facets: { tag: ['old'] } }),
        aFind('Older', { snippet: { text: 'Not for sale now', marks } }),
        aFind('By phrase', { snippet: { text: 'It is for sale', marks } }),
        aFind('In one word', { ref: 'component:default/batchJob' }),
      ]),
    );
    const finding = find('shop -old -"is for sale" -batch-job');
    await clock.pass(PAUSE);
    await finding;
    expect(reported()).toEqual([['Acme', ['Shop', 'Older']]]);
  });

  it('sends words and filters of a query', async () => {
    const requests: unknown[] = [];
    const { clock, find } = open(
      acme(async request => {
        requests.push(request);
        return [];
      }),
    );
    const finding = find('"two words" more kind:api -in:docs -not');
    await clock.pass(PAUSE);
    await finding;
    expect(requests).toEqual([
      {
        text: 'more two words',
        limit: 10,
        filters: [
          { field: 'kind', value: 'api', isExcluded: false },
          { field: 'in', value: 'docs', isExcluded: true },
        ],
      },
    ]);
  });

  it('sends no request before the next letter', async () => {
    let requestCount = 0;
    const { clock, find, ending } = open(
      acme(async () => {
        requestCount++;
        return [];
      }),
    );
    const finding = find('fares');
    ending.abort();
    await expect(finding).rejects.toMatchObject({ name: 'AbortError' });
    await clock.pass(PAUSE);
    expect(requestCount).toBe(0);
  });

  it('aborts its requests', async () => {
    let given: AbortSignal | undefined;
    const { clock, find, reported, ending } = open(
      acme((_, signal) => {
        given = signal;
        return new Promise(() => {});
      }),
    );
    const finding = find('fares');
    await clock.pass(PAUSE);
    ending.abort();
    await expect(finding).rejects.toMatchObject({ name: 'AbortError' });
    expect([given?.aborted, reported()]).toEqual([true, []]);
  });

  it.each(['', 'a', 'kind:api', '-fares', '  '])('sends no request for %j', async query => {
    const { find, reported } = open(acme(async () => [aFind('A')]));
    await find(query);
    expect(reported()).toEqual([]);
  });

  it('drops local results and duplicates of other providers', async () => {
    const here = { ref: 'component:default/here', isEntity: true };
    const { clock, find, reported } = open(
      acme(async () => [aFind('Here', here), aFind('A'), aFind('A'), aFind('B')]),
      other(async () => [
        aFind('B'),
        aFind('Docs of here', { ...here, isEntity: false }),
        aFind('C'),
      ]),
    );
    const finding = find('fares', 2);
    await clock.pass(PAUSE);
    await finding;
    expect(reported()).toEqual([
      ['Acme', ['A', 'B']],
      ['Other', ['Docs of here', 'C']],
    ]);
  });

  it('reports failing and silent providers', async () => {
    let isEnded = false;
    const { clock, find, reported } = open(
      acme(async () => Promise.reject(new Error('Acme cannot be reached'))),
      other((_, signal) => {
        signal.addEventListener('abort', () => (isEnded = true));
        return new Promise(() => {});
      }),
      { id: 'third', title: 'Third', find: async () => [aFind('A')] },
    );
    const finding = find('fares');
    await clock.pass(PAUSE);
    expect(reported()).toEqual([
      ['Third', ['A']],
      ['Acme', 'Acme cannot be reached'],
    ]);
    await clock.pass(10_000);
    await finding;
    expect([reported().at(-1), isEnded]).toEqual([['Other', "Other isn't responding."], true]);
  });
});
