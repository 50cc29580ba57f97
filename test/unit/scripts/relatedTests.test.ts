import { expect, test } from 'vitest';
import { relatedTests } from '../../../scripts/lib/relatedTests.mjs';

const self = 'test/unit/scripts/relatedTests.test.ts';

test('a test is related to what it imports, and to itself', () => {
  expect(relatedTests(['scripts/lib/relatedTests.mjs'])[0]).toBe(self);
  expect(relatedTests([self])).toEqual([self]);
});

test('the nearest tests come first', () => {
  const tests = relatedTests(['src/features/scaffolder/core/forms/resolveForm.ts']);
  expect(tests[0]).toBe('test/unit/features/scaffolder/core/forms/resolveForm.test.ts');
  expect(tests.length).toBeGreaterThan(10);
});

test('a file that is gone, or that nothing imports, has none', () => {
  expect(relatedTests(['src/gone.ts', 'README.md'])).toEqual([]);
});
