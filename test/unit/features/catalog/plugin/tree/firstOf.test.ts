import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstOf } from '../../../../../../src/features/catalog/plugin/tree/treeRows';

const byValue = (a: number, b: number): number => a - b;

it('returns the same as sorting and slicing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, count) => {
      const { value } = last(firstOf(items, count, byValue));
      expect(value).toEqual([...items].sort(byValue).slice(0, count));
    }),
  );
});

it('yields the thread', () => {
  expect(last(firstOf(Array(1000).fill(1), 5, byValue)).steps).toBeGreaterThan(5);
});

function last<T>(work: Generator<void, T>): { value: T; steps: number } {
  let steps = 1;
  for (let step = work.next(); ; step = work.next(), steps++) {
    if (step.done) return { value: step.value, steps };
  }
}
