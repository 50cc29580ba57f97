import { expect, test } from 'vitest';
import { relatedTests } from '../../../scripts/lib/relatedTests.mjs';

const self = 'test/unit/scripts/relatedTests.test.ts';

test('returns tests that import a file, and a test for itself', () => {
  expect(relatedTests(['scripts/lib/relatedTests.mjs'])[0]).toBe(self);
  expect(relatedTests([self])).toEqual([self]);
});

test('returns the nearest tests first', () => {
  const tests = relatedTests(['src/features/scaffolder/core/forms/resolveForm.ts']);
  expect(tests[0]).toBe('test/unit/features/scaffolder/core/forms/resolveForm.test.ts');
  expect(tests.length).toBeGreaterThan(10);
});

test('returns no tests for a missing file or one that no test imports', () => {
  expect(relatedTests(['src/gone.ts', 'README.md'])).toEqual([]);
});
