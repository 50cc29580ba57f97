import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  budgets,
  childrenCpuSeconds,
  overBudget,
  readChildrenCpu,
  timeLines,
} from '../../../scripts/lib/budgets.mjs';

const unit = { key: 'unit', title: 'Unit tests', wall: 10 };
const budget = budgets.get('unit')!;

describe('CPU time of children', () => {
  it('is read after a name with spaces and parentheses', () => {
    const stat = '42 (a ) b) S 1 2 3 4 5 6 7 8 9 10 11 12 250 50 20 0 1';
    expect(readChildrenCpu(stat)).toBe(3);
  });

  it.runIf(process.platform === 'linux')('includes a child that was waited for', () => {
    const before = childrenCpuSeconds() ?? Infinity;
    const busy =
      'const end = process.cpuUsage().user + 2e5; while (process.cpuUsage().user < end);';
    execFileSync(process.execPath, ['-e', busy]);
    expect(childrenCpuSeconds()).toBeGreaterThan(before);
  });
});

describe('budget', () => {
  it('allows twice the time, for busy machines', () => {
    expect(overBudget({ ...unit, cpu: 2 * budget })).toBeUndefined();
    expect(overBudget({ ...unit, cpu: undefined })).toBeUndefined();
    expect(overBudget({ ...unit, key: 'long', cpu: 100_000 })).toBeUndefined();
  });

  it('fails a part that takes much longer', () => {
    expect(overBudget({ ...unit, cpu: 2 * budget + 1 })).toContain(
      `Unit tests took ${2 * budget + 1} s of CPU time`,
    );
  });
});

it('the summary lists the slowest tests and the time per part', () => {
  expect(timeLines([{ ...unit, cpu: 5 }], [{ name: 'a crane lifts', milliseconds: 1234 }])).toEqual(
    [
      'Slowest tests:',
      '  1.2 s a crane lifts',
      'Time per part:',
      `  Unit tests: 5 s of CPU time, 10 s (budget ${budget} s of CPU time)`,
    ],
  );
});
