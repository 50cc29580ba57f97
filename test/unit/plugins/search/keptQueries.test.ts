import { describe, expect, it } from 'vitest';
import { KeptQueries } from '../../../../src/plugins/search/keptQueries';
import { inMemoryState } from '../../../support/inMemoryState';

describe('queries that are kept', () => {
  it('recent ones come latest first, each once, and are forgotten one by one or with time', async () => {
    const kept = new KeptQueries(inMemoryState());
    for (const query of ['a', ' b ', 'c', 'a', '  ']) await kept.add(query);
    expect(kept.recent).toEqual(['a', 'c', 'b']);
    await kept.forget('c');
    expect(kept.recent).toEqual(['a', 'b']);
    for (let count = 0; count < 30; count++) await kept.add(`query ${count}`);
    expect(kept.recent).toHaveLength(20);
    expect(kept.recent[0]).toBe('query 29');
  });

  it('saved ones stay in their order until they are removed', async () => {
    const state = inMemoryState();
    const kept = new KeptQueries(state);
    await kept.setSaved('owner:me ', true);
    await kept.setSaved('kind:api', true);
    await kept.setSaved(' ', true);
    expect(kept.saved).toEqual(['owner:me', 'kind:api']);
    expect(new KeptQueries(state).saved).toEqual(['owner:me', 'kind:api']);
    await kept.setSaved('owner:me', false);
    expect(kept.saved).toEqual(['kind:api']);
  });

  it('what somebody else left there is no query', () => {
    const before = { 'search.recent': ['a', 1, { b: 'c' }, null], 'search.saved': 'a' };
    const kept = new KeptQueries(inMemoryState(before));
    expect([kept.recent, kept.saved]).toEqual([['a'], []]);
  });
});
