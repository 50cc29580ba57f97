import { expect, it } from 'vitest';
import { SavedSearches } from '../../../../../src/features/search/core/searchService';
import { inMemoryState } from '../../../../support/inMemoryState';

it('stores unique queries, latest first', async () => {
  const state = inMemoryState();
  const searches = new SavedSearches(state);
  let changes = 0;
  searches.onDidChange(() => changes++);
  await searches.add('payments');
  await searches.add(' kind:api ');
  await searches.add('payments');
  await searches.add('payments');
  await searches.setSaved('owner:me', true);
  await searches.setSaved('in:docs', true);
  expect(changes).toBe(5);
  const later = new SavedSearches(state);
  expect(later.recent).toEqual(['payments', 'kind:api']);
  expect(later.saved).toEqual(['in:docs', 'owner:me']);
  await later.setSaved('in:docs', false);
  await later.forget('payments');
  expect([searches.recent, searches.saved]).toEqual([['kind:api'], ['owner:me']]);
  await later.forget();
  expect(later.recent).toEqual([]);
});

it('limits the number and length of recent queries', async () => {
  const searches = new SavedSearches(inMemoryState());
  for (let index = 0; index < 30; index++) await searches.add(`word${index}`);
  await searches.add('   ');
  await searches.add('x'.repeat(1_001));
  expect(searches.recent).toHaveLength(20);
  expect(searches.recent[0]).toBe('word29');
});

it('ignores invalid stored values', () => {
  const kept = { 'search.recent': ['a', 3, null, 'a', ['b'], '__proto__', ''], 'search.saved': {} };
  const searches = new SavedSearches(inMemoryState(kept));
  expect([searches.recent, searches.saved]).toEqual([['a', '__proto__'], []]);
});

it('keeps queries in memory without a state', async () => {
  const searches = new SavedSearches();
  await searches.add('a');
  expect(searches.recent).toEqual(['a']);
});
