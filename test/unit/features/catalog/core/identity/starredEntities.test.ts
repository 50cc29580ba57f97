import { describe, expect, it } from 'vitest';
import type { StateService } from '../../../../../../src/api';
import { Registry } from '../../../../../../src/base';
import { StarredEntities } from '../../../../../../src/features/catalog/core/identity';

function stateWith(stored: unknown): StateService & { stored: unknown } {
  return {
    stored,
    get() {
      return this.stored;
    },
    async set(_, value) {
      this.stored = value;
    },
  };
}

describe('StarredEntities', () => {
  it('stores refs in order and fires one event per change', async () => {
    const state = stateWith(['b', 7]);
    const starred = new StarredEntities(state);
    const changes: string[][] = [];
    starred.onDidChange(refs => changes.push([...refs]));
    await starred.set('a', true);
    await starred.set('a', true);
    expect(starred.has('a')).toBe(true);
    expect(starred.all()).toEqual(['a', 'b']);
    expect(state.stored).toEqual(['a', 'b']);
    await starred.set('b', false);
    expect(state.stored).toEqual(['a']);
    expect(changes).toEqual([['a'], ['b']]);
  });

  it('starts empty with invalid state', () => {
    expect(new StarredEntities(stateWith({ a: true })).all()).toEqual([]);
  });
});

describe('Registry', () => {
  it('keeps one item per id until it is disposed', () => {
    const registry = new Registry<{ id: string }>();
    let changes = 0;
    registry.onDidChange(() => changes++);
    const added = registry.add({ id: 'a' });
    expect(() => registry.add({ id: 'a' })).toThrow('"a" is registered already');
    registry.add({ id: 'b' });
    added.dispose();
    added.dispose();
    expect(registry.all()).toEqual([{ id: 'b' }]);
    expect(registry.get('a')).toBeUndefined();
    expect(changes).toBe(3);
  });
});
