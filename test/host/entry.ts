import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/**
 * Runs tests inside the extension host. `load` requires the test files, which then register their
 * suites with mocha's functions (`import { describe, it } from 'mocha'`).
 *
 * The results go into a file: a killed extension host is reported as a success, so that the harness
 * believes only what was written here after the last test.
 */
export async function runMocha(load: () => void): Promise<void> {
  const resultsFile = process.env.CALLBOARD_TEST_RESULTS;
  if (!resultsFile) throw new Error('CALLBOARD_TEST_RESULTS does not say where the results go.');
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 30_000,
    forbidOnly: !!process.env.CI,
    ...(process.env.CALLBOARD_TEST_GREP ? { fgrep: process.env.CALLBOARD_TEST_GREP } : {}),
  });
  // What mocha itself does around each file it loads; the bundle is one file.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  load();
  const tests: unknown[] = [];
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(count => {
      writeFileSync(resultsFile, JSON.stringify({ ...runner.stats, tests }, undefined, 2));
      resolve(count);
    });
    // Failures of hooks have no 'test end', so that each outcome is recorded by its own event.
    runner.on('pass', test =>
      tests.push({ title: test.fullTitle(), state: 'passed', milliseconds: test.duration }),
    );
    runner.on('pending', test => tests.push({ title: test.fullTitle(), state: 'pending' }));
    runner.on('fail', (test, error: Error) =>
      tests.push({
        title: test.fullTitle(),
        state: 'failed',
        milliseconds: test.duration,
        error: error.stack ?? String(error),
      }),
    );
  });
  if (failures) throw new Error(`${failures} tests failed.`);
}
