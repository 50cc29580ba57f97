import { writeFileSync } from 'node:fs';
import { runMocha } from '../support/runMocha';

/** Runs tests inside the extension host of a desktop or a server; the results go into a file. */
export async function runInHost(load: () => void): Promise<void> {
  const resultsFile = process.env.CALLBOARD_TEST_RESULTS;
  if (!resultsFile) throw new Error('CALLBOARD_TEST_RESULTS does not say where the results go.');
  await runMocha({
    load,
    grep: process.env.CALLBOARD_TEST_GREP,
    forbidOnly: !!process.env.CI,
    report: results => writeFileSync(resultsFile, JSON.stringify(results, undefined, 2)),
  });
}
