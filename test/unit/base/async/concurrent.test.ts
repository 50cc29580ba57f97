import { describe, expect, it } from 'vitest';
import { mapConcurrently } from '../../../../src/base';

describe('mapConcurrently', () => {
  it('limits concurrent tasks and returns results in order', async () => {
    let running = 0;
    const seen: number[] = [];
    const results = await mapConcurrently([3, 1, 2, 0, 1], 2, async turns => {
      seen.push(++running);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      running--;
      return turns;
    });
    expect([results, Math.max(...seen)]).toEqual([[3, 1, 2, 0, 1], 2]);
    expect(await mapConcurrently([], 2, async () => 1)).toEqual([]);
  });

  it('rejects when a task fails', async () => {
    const begun: number[] = [];
    const work = mapConcurrently([0, 1, 2, 3, 4, 5], 2, async item => {
      begun.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(begun.length).toBeLessThan(5);
  });
});
