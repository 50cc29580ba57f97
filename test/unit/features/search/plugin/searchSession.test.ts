import { describe, expect, it } from 'vitest';
import { english, type Logger } from '../../../../../src/base';
import { SearchSession } from '../../../../../src/features/search/plugin';
import { inMemoryState } from '../../../../support/inMemoryState';
import { aResult, someResults, ScriptedSearch } from '../../../../support/searchResults';

function aSession(before: Readonly<Record<string, unknown>> = {}) {
  const search = new ScriptedSearch(inMemoryState(before));
  const errors: string[] = [];
  const scheduled: (() => void)[] = [];
  const session = new SearchSession({
    search,
    translate: english,
    locale: 'en',
    logger: { error: message => void errors.push(message) } as Logger,
    schedule: run => {
      scheduled.push(run);
      return { dispose: () => void scheduled.splice(scheduled.indexOf(run), 1) };
    },
  });
  const labels = (): readonly string[] => session.rows.map(({ label }) => label);
  return { session, search, errors, scheduled, labels };
}

describe('search session', () => {
  it('aborts the previous query and never shows its results', async () => {
    const { session, search, labels } = aSession();
    const first = session.type('f');
    const second = session.type('fa');
    expect(search.requests.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    await first;
    expect([session.isSettled, session.isBusy]).toEqual([false, true]);
    search.requests[1]?.answer(someResults([aResult('Fares')]));
    await second;
    expect([session.isSettled, session.isBusy, labels()]).toEqual([true, false, ['Fares']]);
  });

  it('adds results of providers below as they arrive', async () => {
    const { session, search, labels } = aSession();
    const provider = { id: 'acme', title: 'Acme' };
    search.providers = [provider, { id: 'other', title: 'Other' }];
    void session.type('fa');
    const typed = session.type('fares');
    expect(search.providerRequests.map(({ query, signal }) => [query, signal.aborted])).toEqual([
      ['fa', true],
      ['fares', false],
    ]);
    const [, asked] = search.providerRequests;
    // Results of providers are not shown before local ones.
    asked?.answer({ provider, results: [aResult('Fares there')] });
    expect(labels()).toEqual([]);
    search.requests[1]?.answer(someResults([aResult('Fares')]));
    await typed;
    expect([labels(), session.isBusy]).toEqual([['Fares', 'on Acme', 'Fares there'], true]);
    asked?.answer({
      provider: search.providers[1] ?? provider,
      results: [],
      failure: 'No network',
    });
    expect(session.rows.at(-1)).toMatchObject({
      type: 'message',
      label: "Can't search Other",
      detail: 'No network',
    });
    asked?.answer(undefined);
    await expect.poll(() => session.isBusy).toBe(false);
  });

  it('asks providers once for a query, and not for an empty one', async () => {
    const { session, search, scheduled } = aSession();
    search.providers = [{ id: 'acme', title: 'Acme' }];
    void session.type('fares');
    search.become({ type: 'ready' });
    scheduled[0]?.();
    expect([search.requests.length, search.providerRequests.length]).toEqual([2, 1]);
    void session.type('');
    expect(search.providerRequests.map(({ signal }) => signal.aborted)).toEqual([true]);
    session.dispose();
  });

  it('searches once for the same query', async () => {
    const { session, search } = aSession();
    void session.type('fares');
    void session.type('fares');
    expect(search.requests).toHaveLength(1);
  });

  it('shows saved and recent searches, and records an opened one', async () => {
    const { session, search, labels } = aSession({ 'search.recent': ['refund'] });
    void session.type('');
    await session.remember();
    expect(labels()).toEqual(['recent searches', 'refund']);
    const typed = session.type('fares');
    search.requests.at(-1)?.answer(someResults([]));
    await typed;
    await session.note();
    await session.setSaved('refund', true);
    void session.type('');
    expect(labels()).toEqual(['saved searches', 'refund', 'recent searches', 'fares']);
    await session.forget('fares');
    await session.setSaved('refund', false);
    expect(labels()).toEqual(['recent searches', 'refund']);
    expect(session.isSaved).toBe(false);
  });

  it('reports a failed search and works again', async () => {
    const { session, search, errors, labels } = aSession();
    const failing = session.type('a');
    search.requests[0]?.answer(new Error('The index is broken'));
    await failing;
    expect(session.rows).toMatchObject([
      { type: 'message', label: 'Search failed', detail: 'The index is broken' },
    ]);
    expect([session.isBusy, session.isSettled, errors]).toEqual([false, true, ['Search failed']]);
    const working = session.type('ab');
    search.requests[1]?.answer(someResults([aResult('Abacus')]));
    await working;
    expect(labels()).toEqual(['Abacus']);
  });

  it('finds results even if completion fails', async () => {
    const { session, search, errors, labels } = aSession();
    search.completions = new Error('No values');
    const typed = session.type('kind:');
    search.requests[0]?.answer(someResults([aResult('Fares')]));
    await typed;
    expect([labels(), errors]).toEqual([['Fares'], ["Can't complete filters"]]);
  });

  it('searches again while the index grows, at a limited rate', async () => {
    const { session, search, scheduled, labels } = aSession();
    const typed = session.type('fares');
    search.requests[0]?.answer(someResults([]));
    await typed;
    search.become({ type: 'indexing', done: 120, total: 2000 });
    search.become({ type: 'indexing', done: 130, total: 2000 });
    expect([session.progress, session.isBusy, scheduled.length]).toEqual([
      'Indexing 130 of 2,000…',
      true,
      1,
    ]);
    scheduled[0]?.();
    search.requests[1]?.answer(someResults([aResult('Fares')]));
    await expect.poll(labels).toEqual(['Fares']);
    search.become({ type: 'ready' });
    expect([session.progress, session.isBusy]).toEqual([undefined, false]);
  });

  it('requests nothing after it is closed', async () => {
    const { session, search, scheduled } = aSession();
    void session.type('fares');
    search.become({ type: 'indexing', done: 0, total: undefined });
    expect(session.progress).toBe('Indexing…');
    session.dispose();
    expect([search.requests[0]?.signal.aborted, scheduled]).toEqual([true, []]);
  });
});
