import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EntityCache } from '../../../../../../src/features/catalog/core/engine/entityCache';
import type { Entity } from '../../../../../../src/model';

// Simulates immediate collection of unreferenced objects.
beforeEach(() => {
  class Collected {
    deref(): undefined {
      return undefined;
    }
  }
  vi.stubGlobal('WeakRef', Collected);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function anEntity(name: string): Entity {
  return { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name } };
}

let others = 0;

function fill(cache: EntityCache, count: number): void {
  for (const end = others + count; others < end; others++) {
    cache.set(`other:${others}`, anEntity('other'));
  }
}

it('keeps recently used entities and drops all others', () => {
  const cache = new EntityCache();
  const [wanted, forgotten] = [anEntity('wanted'), anEntity('forgotten')];
  cache.set('wanted', wanted);
  cache.set('forgotten', forgotten);
  for (let round = 0; round < 10; round++) {
    fill(cache, 200);
    expect(cache.get('wanted')).toBe(wanted);
  }
  expect(cache.get('forgotten')).toBeUndefined();
});

it('returns nothing for deleted entities', () => {
  const cache = new EntityCache();
  cache.set('a', anEntity('a'));
  fill(cache, 300);
  cache.set('b', anEntity('b'));
  cache.delete('a');
  cache.delete('b');
  expect([cache.get('a'), cache.get('b')]).toEqual([undefined, undefined]);
});
