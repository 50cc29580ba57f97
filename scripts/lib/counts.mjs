import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} [failures] a line for each that failed: its name, and what it failed of
 * @property {TestTime[]} [slowest] the slowest tests, at most ten
 */

/** @typedef {{ name: string, milliseconds: number }} TestTime */

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sumCounts(all) {
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    all.reduce((total, counts) => total + counts[key], 0);
  return withSlowest(
    withFailures(
      { passed: sum('passed'), failed: sum('failed') },
      all.flatMap(({ failures }) => failures ?? []),
    ),
    all.flatMap(({ slowest }) => slowest ?? []),
  );
}

/**
 * @param {Counts} counts
 * @param {TestTime[]} times
 * @returns {Counts}
 */
function withSlowest(counts, times) {
  if (!times.length) return counts;
  return {
    ...counts,
    slowest: times.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 10),
  };
}

/**
 * @param {Counts} counts
 * @param {string[]} failures
 * @returns {Counts}
 */
const withFailures = (counts, failures) => (failures.length ? { ...counts, failures } : counts);

/**
 * Reads the report of vitest's JSON reporter. A file that is missing, unreadable or without tests is a failure: a crash
 * before the first test must never look like success.
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
  // Files that fail to load have no failing tests.
  const suites = Array.isArray(report.testResults) ? report.testResults : [];
  /** @type {string[]} */
  const failures = [];
  /** @type {TestTime[]} */
  const times = [];
  for (const suite of suites) {
    if (suite?.status === 'failed' && !suite.assertionResults?.length) {
      failed++;
      notes.push(`${suite.name} could not be loaded.`);
      failures.push(`${suite.name}: could not be loaded`);
    }
    failures.push(...failedTests(suite?.assertionResults));
    for (const { fullName, duration } of suite?.assertionResults ?? []) {
      if (count(duration)) times.push({ name: String(fullName), milliseconds: duration });
    }
  }
  return settle(withSlowest(withFailures({ passed, failed }, failures), times), exitCode, notes);
}

/**
 * Reads the report of a mocha run inside the extension host: mocha's `stats`.
 *
 * @param {string} file
 * @param {number} exitCode as the workbench reported it
 * @returns {{ counts: Counts, notes: string[] }}
 */
export function readMochaCounts(file, exitCode) {
  const stats = readReport(file);
  // A killed extension host exits with 0. Only the results file shows whether the tests ran.
  if (!stats) return broken(`The extension host ended with code ${exitCode} and left no results.`);
  const failures = (Array.isArray(stats.tests) ? stats.tests : [])
    .filter((/** @type {any} */ test) => test?.state === 'failed')
    .map((/** @type {any} */ { title, error }) => failure(title, error));
  const times = (Array.isArray(stats.tests) ? stats.tests : [])
    .filter((/** @type {any} */ test) => count(test?.milliseconds))
    .map((/** @type {any} */ { title, milliseconds }) => ({ name: String(title), milliseconds }));
  return settle(
    withSlowest(
      withFailures({ passed: count(stats.passes), failed: count(stats.failures) }, failures),
      times,
    ),
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
    const note = `All tests passed, but the run ended with exit code ${exitCode}.`;
    return {
      counts: { ...counts, failed: 1, failures: [note] },
      notes: [...notes, note],
    };
  }
  return { counts, notes };
}

/**
 * @param {string} note
 * @param {string[]} [notes]
 * @returns {{ counts: Counts, notes: string[] }}
 */
const broken = (note, notes = []) => ({
  counts: { passed: 0, failed: 1, failures: [note] },
  notes: [...notes, note],
});

/** @param {unknown} tests */
const failedTests = tests =>
  (Array.isArray(tests) ? tests : [])
    .filter(test => test?.status === 'failed')
    .map(({ fullName, failureMessages }) => failure(fullName, failureMessages?.[0]));

/**
 * @param {unknown} name
 * @param {unknown} message
 */
const failure = (name, message) => `${name}: ${firstLine(message ?? 'no reason was given')}`;

/** @param {unknown} message */
const firstLine = message => String(message).split('\n', 1)[0];

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
