import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pageWith, plotOf, type Results } from '../../../bench/processResults';
import {
  pageWith as pageWithWindows,
  type Results as WindowResults,
} from '../../../bench/windowResults';
import { inProject } from '../../../scripts/lib/project.mjs';

const read = (path: string): string => readFileSync(inProject(path), 'utf8');

it('shows the measured results of processes', () => {
  const results = JSON.parse(read('bench/results/processes.json')) as Results;
  const page = read('docs/performance.md');
  expect(pageWith(page, results)).toBe(page);
  expect(read('docs/images/performance-growth.svg')).toBe(plotOf(results));
  expect(page).toContain('(images/performance-growth.svg)');
});

it('shows the measured results of windows', () => {
  const results = JSON.parse(read('bench/results/windows.json')) as WindowResults;
  const page = read('docs/performance.md');
  expect(pageWithWindows(page, results)).toBe(page);
});
