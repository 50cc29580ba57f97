import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeSlicer, sortInSlices } from '../../../../src/platform/core';
import { TestClock } from '../../../support/testClock';

const byNumber = (a: number, b: number): number => a - b;

describe('sortInSlices', () => {
  it('returns a new sorted list', async () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(numbers, async items => {
        const before = [...items];
        const sorted = await sortInSlices(items, byNumber, new TimeSlicer(new TestClock()));
        expect(sorted).toEqual(items.toSorted(byNumber));
        expect(sorted).not.toBe(items);
        expect(items).toEqual(before);
      }),
    );
  });

  it.each([256, 257, 513, 20_000])('is stable for %i items', async length => {
    const items = Array.from({ length }, (_, place) => ({ key: (place * 7919) % 13, place }));
    const compare = (a: { key: number }, b: { key: number }): number => a.key - b.key;
    const sorted = await sortInSlices(items, compare, new TimeSlicer(new TestClock()));
    expect(sorted).toEqual(items.toSorted(compare));
  });

  it('yields repeatedly', async () => {
    // Each read of the clock takes more than a slice.
    const clock = new TestClock(20);
    const items = Array.from({ length: 20_000 }, (_, place) => -place);
    await sortInSlices(items, byNumber, new TimeSlicer(clock));
    // 79 runs, and 20,000 items merged seven times over, 256 at a time.
    expect(clock.yields).toBeGreaterThan(500);
  });
});
