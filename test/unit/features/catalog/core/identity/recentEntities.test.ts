import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { RecentEntities } from '../../../../../../src/features/catalog/core/identity';
import { anEntity, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { inMemoryState } from '../../../../../support/inMemoryState';

const catalog = new InMemoryCatalog({
  entities: [anEntity('Component:orders'), anEntity('Component:cart')],
  files: { 'component:default/cart': 'file:///work/cart.yaml' },
});

it('remembers viewed entities once each, latest first', () => {
  const recent = new RecentEntities({ state: inMemoryState(), catalog, logger: silentLogger });
  for (const name of ['a', 'b', 'a']) recent.view(`component:default/${name}`);
  expect(recent.viewed()).toEqual(['component:default/a', 'component:default/b']);
});

it('remembers the entities of saved files', () => {
  const recent = new RecentEntities({ state: inMemoryState(), catalog, logger: silentLogger });
  recent.save('file:///work/cart.yaml');
  recent.save('file:///work/README.md');
  expect(recent.edited()).toEqual(['component:default/cart']);
});

it('restores stored entities and ignores invalid state', async () => {
  const state = inMemoryState();
  const before = new RecentEntities({ state, catalog, logger: silentLogger });
  before.view('component:default/orders');
  const after = new RecentEntities({ state, catalog, logger: silentLogger });
  expect(after.viewed()).toEqual(['component:default/orders']);
  await state.set('portal.recent', { viewed: 'nonsense', edited: [1] });
  const last = new RecentEntities({ state, catalog, logger: silentLogger });
  expect([last.viewed(), last.edited()]).toEqual([[], []]);
});

it('keeps at most twenty', () => {
  const recent = new RecentEntities({ state: inMemoryState(), catalog, logger: silentLogger });
  for (let i = 0; i < 25; i++) recent.view(`component:default/c${i}`);
  expect(recent.viewed()).toHaveLength(20);
  expect(recent.viewed()[0]).toBe('component:default/c24');
});
