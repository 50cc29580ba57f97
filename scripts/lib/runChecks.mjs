import { forEachAtOnce } from './atOnce.mjs';
import { seconds } from './steps.mjs';

/**
 * Runs checks and prints the result of each when it ends, with the output of those that fail.
 *
 * @param {import('./checks.mjs').Check[]} checks
 * @param {readonly string[]} [files] to which checks that look at each file by itself are limited
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runChecks(checks, files) {
  const counts = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const failures = [];
  await forEachAtOnce(checks, async check => {
    const began = performance.now();
    const { code, output } = await check.run(files);
    const time = seconds(performance.now() - began);
    if (code === 0) {
      counts.passed++;
      console.log(`✓ ${check.title} (${time})`);
    } else {
      counts.failed++;
      failures.push(`${check.title}: npm run check -- ${check.name}`);
      console.log(`✗ ${check.title} (${time}): npm run check -- ${check.name}`);
      console.log(output.trimEnd().replace(/^/gm, '  '));
    }
  });
  return failures.length ? { ...counts, failures } : counts;
}
