import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readMochaCounts, readVitestCounts, sumCounts } from '../../../scripts/lib/counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'callboard-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: unknown): string {
  const file = join(folder, 'results.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('sumCounts adds numbers of tests', () => {
  expect(
    sumCounts([
      { passed: 1, failed: 0 },
      { passed: 20, failed: 3 },
    ]),
  ).toEqual({ passed: 21, failed: 3 });
  expect(sumCounts([])).toEqual({ passed: 0, failed: 0 });
});

test('sumCounts keeps failures', () => {
  expect(
    sumCounts([
      { passed: 1, failed: 1, failures: ['a'] },
      { passed: 1, failed: 0 },
      { passed: 0, failed: 1, failures: ['b'] },
    ]),
  ).toEqual({ passed: 2, failed: 2, failures: ['a', 'b'] });
});

test('sumCounts keeps the ten slowest tests', () => {
  const slowest = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `test ${from + index}`,
      milliseconds: from + index,
    }));
  const { slowest: kept = [] } = sumCounts([
    { passed: 8, failed: 0, slowest: slowest(8, 1) },
    { passed: 8, failed: 0, slowest: slowest(8, 100) },
  ]);
  expect(kept.map(({ milliseconds }) => milliseconds)).toEqual([
    107, 106, 105, 104, 103, 102, 101, 100, 8, 7,
  ]);
});

describe('readVitestCounts', () => {
  const good = { numPassedTests: 3, numFailedTests: 0, testResults: [] };

  test('reads the durations of tests', () => {
    const assertionResults = [
      { fullName: 'a crane lifts', status: 'passed', duration: 20 },
      { fullName: 'a crane turns', status: 'passed', duration: 1300.5 },
      { fullName: 'a crane rests', status: 'skipped' },
    ];
    const testResults = [{ name: 'a.test.ts', status: 'passed', assertionResults }];
    expect(readVitestCounts(fileWith({ ...good, testResults }), 0).counts.slowest).toEqual([
      { name: 'a crane turns', milliseconds: 1300.5 },
      { name: 'a crane lifts', milliseconds: 20 },
    ]);
  });

  test('accepts a run without tests only if it may be empty', () => {
    const file = fileWith({ numTotalTests: 0, numPassedTests: 0, testResults: [] });
    expect(readVitestCounts(file, 0).counts).toMatchObject({ passed: 0, failed: 1 });
  });

  test('reads the numbers of a good run', () => {
    expect(readVitestCounts(fileWith(good), 0)).toEqual({
      counts: { passed: 3, failed: 0 },
      notes: [],
    });
  });

  test('counts a file that does not load as a failure', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }];
    expect(readVitestCounts(fileWith({ ...good, testResults }), 1)).toEqual({
      counts: { passed: 3, failed: 1, failures: ['a.test.ts: could not be loaded'] },
      notes: ['a.test.ts could not be loaded.'],
    });
  });

  test('names failed tests', () => {
    const assertionResults = [
      { fullName: 'a crane lifts', status: 'failed', failureMessages: ['Timeout\n  at x.ts'] },
      { fullName: 'a crane turns', status: 'passed', failureMessages: [] },
    ];
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults }];
    const report = { ...good, numFailedTests: 1, testResults };
    expect(readVitestCounts(fileWith(report), 1).counts.failures).toEqual([
      'a crane lifts: Timeout',
    ]);
  });

  test('reports how many tests did not run', () => {
    const report = { ...good, numPendingTests: 2, numTodoTests: 1 };
    expect(readVitestCounts(fileWith(report), 0).notes).toEqual([
      '3 tests did not run (skipped or to do).',
    ]);
  });

  test.for<[string, unknown, number]>([
    ['an unreadable file', '{"numPassed', 0],
    ['a file without a report', '7', 0],
    ['no test at all', { numPassedTests: 0, numFailedTests: 0 }, 0],
  ])('counts %s as a failure', ([, content, exitCode]) => {
    expect(readVitestCounts(fileWith(content), exitCode).counts).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });

  test('counts a missing file as a failure', () => {
    const note = 'The test run ended with exit code 0 and left no results.';
    expect(readVitestCounts(join(folder, 'missing.json'), 0).counts).toEqual({
      passed: 0,
      failed: 1,
      failures: [note],
    });
  });

  test('counts a run with a bad exit code as a failure, although all tests passed', () => {
    expect(readVitestCounts(fileWith(good), 1).counts).toEqual({
      passed: 3,
      failed: 1,
      failures: ['All tests passed, but the run ended with exit code 1.'],
    });
  });
});

describe('readMochaCounts', () => {
  test('reads the numbers of mocha', () => {
    expect(readMochaCounts(fileWith({ passes: 4, failures: 1, pending: 0 }), 1)).toEqual({
      counts: { passed: 4, failed: 1 },
      notes: [],
    });
  });

  test('names failed tests', () => {
    const tests = [
      { title: 'a crane lifts', state: 'failed', error: 'Error: slack\n  at x.ts' },
      { title: 'a crane turns', state: 'passed' },
    ];
    const report = { passes: 1, failures: 1, pending: 0, tests };
    expect(readMochaCounts(fileWith(report), 1).counts.failures).toEqual([
      'a crane lifts: Error: slack',
    ]);
  });

  test('counts a killed extension host as a failure, even with exit code 0', () => {
    const note = 'The extension host ended with code 0 and left no results.';
    expect(readMochaCounts(join(folder, 'missing.json'), 0)).toEqual({
      counts: { passed: 0, failed: 1, failures: [note] },
      notes: [note],
    });
  });
});
