import { describe, expect, it } from 'vitest';
import { flatMapInSlices } from '../../../../src/platform/core';

const { signal } = new AbortController();

function busy(milliseconds: number): void {
  for (const start = performance.now(); performance.now() - start < milliseconds;);
}

describe('flatMapInSlices', () => {
  it('returns the results of all items in order', async () => {
    expect(
      await flatMapInSlices([1, 2, 3], signal, item => (item === 2 ? [] : [item, -item])),
    ).toEqual([1, -1, 3, -3]);
  });

  it('yields to other tasks', async () => {
    const order: string[] = [];
    setTimeout(() => order.push('other'), 0);
    await flatMapInSlices(['a', 'b', 'c'], signal, item => {
      busy(9);
      order.push(item);
      return [];
    });
    expect(order).toContain('other');
    expect(order.at(-1)).toBe('c');
  });

  it('processes the items that existed at the start', async () => {
    const items = new Map([
      ['a', 1],
      ['b', 2],
    ]);
    const found = await flatMapInSlices(items.values(), signal, item => {
      items.delete('a');
      items.set('a', item);
      return [item];
    });
    expect(found).toEqual([1, 2]);
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const found = flatMapInSlices([1, 2, 3], controller.signal, item => {
      busy(9);
      seen.push(item);
      return [item];
    });
    controller.abort();
    expect(await found).toEqual([]);
    expect(seen).toEqual([1]);
  });
});
