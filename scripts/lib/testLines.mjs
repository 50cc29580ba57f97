import { existsSync, readFileSync } from 'node:fs';
import { seconds } from './steps.mjs';

/**
 * Prints the results of one window of tests for people.
 *
 * @param {object} run
 * @param {string} run.name
 * @param {number} run.began
 * @param {string} run.results the file that the tests wrote
 * @param {string[]} run.notes
 */
export function printRun({ name, began, results, notes }) {
  console.log(`  ${name} (${seconds(performance.now() - began)})`);
  for (const line of [...testLines(results), ...notes]) console.log(`    ${line}`);
}

/**
 * @param {string} results
 * @returns {string[]}
 */
function testLines(results) {
  if (!existsSync(results)) return [];
  try {
    /** @type {{ tests: { title: string, state: string, milliseconds?: number, error?: string }[] }} */
    const { tests } = JSON.parse(readFileSync(results, 'utf8'));
    return tests.flatMap(({ title, state, milliseconds, error }) => [
      `${state === 'passed' ? '✓' : state === 'failed' ? '✗' : '-'} ${title}${milliseconds && milliseconds > 300 ? ` (${milliseconds} ms)` : ''}`,
      ...(error ? error.split('\n').map(line => `    ${line}`) : []),
    ]);
  } catch {
    return [];
  }
}
