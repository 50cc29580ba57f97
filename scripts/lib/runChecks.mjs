import { availableParallelism } from 'node:os';
import { seconds } from './steps.mjs';

/**
 * Runs checks, as many at a time as the machine has processors (two at most: the type checkers in
 * them take about a gigabyte each), and prints each as it ends; the output only of those that fail.
 *
 * @param {import('./checks.mjs').Check[]} checks
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runChecks(checks) {
  const counts = { passed: 0, failed: 0 };
  const waiting = [...checks];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const began = performance.now();
      const { code, output } = await check.run();
      const time = seconds(performance.now() - began);
      if (code === 0) {
        counts.passed++;
        console.log(`✓ ${check.title} (${time})`);
      } else {
        counts.failed++;
        console.log(`✗ ${check.title} (${time}): npm run check -- ${check.name}`);
        console.log(output.trimEnd().replace(/^/gm, '  '));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return counts;
}
