import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { readVitestCounts } from './counts.mjs';
import { ensureEmbeddedHost } from './embeddedInstall.mjs';
import { StepFailure } from './failure.mjs';
import { runInHost } from './hostTests.mjs';
import { buildPackage, installedExtensions, packageExtension } from './packageExtension.mjs';
import { inProject } from './project.mjs';
import { runNode } from './processes.mjs';
import { relatedTests } from './relatedTests.mjs';
import { runInWebHost } from './webTests.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runUnitTests(args) {
  // Tests that need the build would wait for each other.
  if (!args.length) await buildPackage();
  return runVitest('unit', 'vitest.config.mts', args);
}

/** Maximum number of test files for a change. All tests that import the catalog would take as long as a whole run. */
const MOST_RELATED = 60;

/**
 * Runs the nearest unit tests that import files, and all unit tests of folders.
 *
 * @param {readonly string[]} paths a folder ends with `/`
 * @returns {Promise<Counts>}
 */
export async function runRelatedUnitTests(paths) {
  if (!paths.length) return { passed: 0, failed: 0 };
  const folders = paths.filter(path => path.endsWith('/')).flatMap(testsBelow);
  const related = relatedTests(paths.filter(path => !path.endsWith('/')));
  const files = [...new Set([...related.slice(0, MOST_RELATED), ...folders])];
  if (related.length > MOST_RELATED) {
    console.log(
      `  The nearest ${MOST_RELATED} of ${related.length} test files that import the change`,
    );
  }
  if (!files.length) return { passed: 0, failed: 0 };
  return runVitest('unit', 'vitest.config.mts', files);
}

/** @param {string} folder */
function testsBelow(folder) {
  return readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .map(name => `${folder}${name.replaceAll('\\', '/')}`);
}

/**
 * Runs attacks and random inputs for much longer than usual: `CALLBOARD_LONG_RUN` seconds for each property.
 *
 * @param {string[]} args `coverage [PATHS…]` measures the branches of cores that unit tests reach
 * @returns {Promise<Counts>}
 */
export function runLongTests([first, ...paths]) {
  if (first === 'coverage') return measureCoverage(paths);
  const args = first === undefined ? [] : [first, ...paths];
  const { CALLBOARD_LONG_RUN = '20' } = process.env;
  return runVitest('long', 'vitest.config.mts', args.length > 0 ? args : longTests(), {
    ATTACKS: 'long',
    CALLBOARD_LONG_RUN,
  });
}

/** Folders whose code needs no editor, process, disk or network. */
const CORES = ['src/base/**', 'src/model/**', 'src/platform/core/**', 'src/features/*/core/**'];

/**
 * Writes `out/coverage/index.html` and prints the branches of each file that tests don't reach.
 *
 * @param {readonly string[]} paths of tests; default: all unit tests
 */
function measureCoverage(paths) {
  return runVitest('coverage', 'vitest.config.mts', [
    '--coverage.enabled',
    '--coverage.provider=v8',
    ...CORES.map(folder => `--coverage.include=${folder}`),
    '--coverage.exclude=src/model/generated/**',
    '--coverage.reporter=text',
    '--coverage.reporter=html',
    '--coverage.reporter=json-summary',
    '--coverage.reportsDirectory=out/coverage',
    '--coverage.reportOnFailure',
    ...(paths.length > 0 ? paths : ['test/unit/']),
  ]);
}

/** Paths of tests that can run longer than they usually do. */
function longTests() {
  const properties = testsBelow('test/unit/').filter(path =>
    readFileSync(inProject(path), 'utf8').includes("support/longRun'"),
  );
  return ['test/attacks/', ...properties];
}

/**
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runHostTests(args) {
  await buildTests();
  return runInHost(args);
}

/**
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runWebTests(args) {
  await buildTests();
  return runInWebHost(args);
}

/**
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runBrowserTests(args) {
  await ensureEmbeddedHost();
  const CALLBOARD_BROWSER = await ensureBrowser();
  const CALLBOARD_VSIX = await packageExtension();
  // Built before two processes need it.
  await installedExtensions(CALLBOARD_VSIX);
  return runVitest('e2e', 'test/e2e/vitest.config.mts', args, {
    CALLBOARD_BROWSER,
    CALLBOARD_VSIX,
  });
}

/** @type {Promise<void> | undefined} */
let built;

/** Builds the extension and the tests that run in it, once for all parts in this process. */
function buildTests() {
  return (built ??= build());
}

async function build() {
  await buildPackage();
  const logFile = inProject('out', 'logs', 'build-tests.log');
  const script = inProject('scripts', 'build.mjs');
  const { code } = await runNode(script, ['--tests'], { cwd: inProject(), logFile });
  if (code !== 0) {
    throw new StepFailure('The build of the tests failed.', {
      advice: 'The errors above name the file and the line.',
      logFile,
    });
  }
}

/**
 * @param {string} name of the results file
 * @param {string} config
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Counts>}
 */
async function runVitest(name, config, args, env) {
  const results = inProject('out', 'results', `${name}.json`);
  mkdirSync(dirname(results), { recursive: true });
  // A crashed run must not report an old file.
  rmSync(results, { force: true });
  const { code } = await runNode(
    inProject('node_modules', 'vitest', 'vitest.mjs'),
    [
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
      ...args,
    ],
    { cwd: inProject(), echo: true, env: { ...process.env, ...color(), ...env } },
  );
  const { counts, notes } = readVitestCounts(results, code);
  for (const note of notes) console.log(`  ${note}`);
  return counts;
}

/** Output goes through a pipe here, so only this process knows whether it ends in a terminal. */
const color = () =>
  process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
