import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sumCounts(all) {
  return all.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    { passed: 0, failed: 0 },
  );
}

/**
 * What vitest's JSON reporter wrote. A file that is missing, unreadable or counts no test at all is
 * a failure: a crash before the first test must never look like success.
 *
 * @param {string} file
 * @param {number} exitCode of the run that should have written it
 * @returns {{ counts: Counts, notes: string[] }} `notes` says what could not be counted as run
 */
export function readVitestCounts(file, exitCode) {
  const report = readReport(file);
  if (!report) return broken(`The test run ended with exit code ${exitCode} and left no results.`);
  const passed = count(report.numPassedTests);
  let failed = count(report.numFailedTests);
  const notes = skipped(count(report.numPendingTests) + count(report.numTodoTests));
  // Files that fail to load have no tests that could fail.
  const suites = Array.isArray(report.testResults) ? report.testResults : [];
  for (const suite of suites) {
    if (suite?.status === 'failed' && !suite.assertionResults?.length) {
      failed++;
      notes.push(`${suite.name} could not be loaded.`);
    }
    notes.push(...secondAttempts(suite?.assertionResults));
  }
  return settle({ passed, failed }, exitCode, notes);
}

/**
 * What a mocha run inside the extension host wrote: mocha's own `stats`.
 *
 * @param {string} file
 * @param {number} exitCode as the workbench reported it
 * @returns {{ counts: Counts, notes: string[] }}
 */
export function readMochaCounts(file, exitCode) {
  const stats = readReport(file);
  // A killed extension host reports exit code 0; only the results file tells that the tests ran.
  if (!stats) return broken(`The extension host ended with code ${exitCode} and left no results.`);
  return settle(
    { passed: count(stats.passes), failed: count(stats.failures) },
    exitCode,
    skipped(count(stats.pending)),
  );
}

/**
 * @param {Counts} counts
 * @param {number} exitCode
 * @param {string[]} notes
 */
function settle(counts, exitCode, notes) {
  if (counts.passed + counts.failed === 0) return broken('No test ran.', notes);
  if (exitCode !== 0 && counts.failed === 0) {
    return {
      counts: { ...counts, failed: 1 },
      notes: [...notes, `All tests passed, but the run ended with exit code ${exitCode}.`],
    };
  }
  return { counts, notes };
}

/**
 * @param {string} note
 * @param {string[]} [notes]
 */
const broken = (note, notes = []) => ({
  counts: { passed: 0, failed: 1 },
  notes: [...notes, note],
});

/**
 * Of tests that were tried again, those that passed then: what they failed of first is worth a look.
 *
 * @param {unknown} tests
 */
const secondAttempts = tests =>
  (Array.isArray(tests) ? tests : [])
    .filter(test => test?.status === 'passed' && test.failureMessages?.length)
    .map(test => `"${test.fullName}" passed at its second attempt only: ${firstLine(test)}`);

/** @param {{ failureMessages: unknown[] }} test */
const firstLine = ({ failureMessages: [message] }) => String(message).split('\n', 1)[0];

/** @param {number} number */
const skipped = number => (number ? [`${number} tests did not run (skipped or to do).`] : []);

/** @param {unknown} value */
const count = value => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** @param {string} file */
function readReport(file) {
  if (!existsSync(file)) return undefined;
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return typeof report === 'object' && report !== null ? report : undefined;
  } catch {
    return undefined;
  }
}
