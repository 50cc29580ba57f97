import { existsSync } from 'node:fs';
import { ensureBackstage } from './lib/backstageInstall.mjs';
import { childrenCpuSeconds, overBudget, timeLines } from './lib/budgets.mjs';
import { affectedBy, changedFiles } from './lib/changes.mjs';
import { checks } from './lib/checks.mjs';
import { sumCounts } from './lib/counts.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { runMain } from './lib/main.mjs';
import { buildPackage } from './lib/packageExtension.mjs';
import { isStopping, runBeside, useOwnTemporaryFolder } from './lib/processes.mjs';
import { inProject } from './lib/project.mjs';
import { runChecks } from './lib/runChecks.mjs';
import { seconds, printFailure } from './lib/steps.mjs';
import {
  runBrowserTests,
  runHostTests,
  runLongTests,
  runRelatedUnitTests,
  runUnitTests,
  runWebTests,
} from './lib/suites.mjs';

/**
 * @typedef {import('./lib/counts.mjs').Counts} Counts
 * @typedef {{ title: string, run: (args: string[]) => Promise<Counts>, isOnlyByName?: boolean, hasWindows?: boolean }} Part
 */

/** @type {Record<string, Part>} */
const parts = {
  check: { title: 'Checks', run: () => runChecks(checks) },
  unit: { title: 'Unit tests', run: runUnitTests },
  host: { title: 'Tests inside VS Code', run: runHostTests, hasWindows: true },
  web: { title: 'Tests inside a VS Code for the web', run: runWebTests, hasWindows: true },
  e2e: { title: 'Tests in a browser', run: runBrowserTests, hasWindows: true },
  long: { title: 'Long tests', run: runLongTests, isOnlyByName: true },
};

const help = `npm test [-- PART [ARGS…]]

Runs everything but the long tests, or one part with further arguments for it:
  check             types, lint, format, who may import whom
  unit [PATH…]      unit tests, as vitest selects them
  host [NAME…] [--host code|embedded]
                    tests inside VS Code; NAME is a folder of test/host
  web [NAME…]       tests inside a VS Code for the web; NAME is a folder of test/web
  e2e [PATH…]       tests in a browser, as vitest selects them
  long [PATH…]      attacks and random inputs for much longer; only when it is named
  --changed [BASE]  checks, unit tests and windows that a change affects: of the working tree, or
                    since BASE, a branch or a commit`;

/** @type {import('./lib/budgets.mjs').PartTime[]} */
const times = [];

/** Seconds of CPU time of parts that run in their own processes. */
let cpuBeside = 0;

await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === '--help' || name === '-h') {
    console.log(help);
    return 0;
  }
  if (name !== undefined && name !== '--changed' && !Object.hasOwn(parts, name)) {
    throw new StepFailure(`There is no part named "${name}".`, {
      advice: `The parts are: ${Object.keys(parts).join(', ')}.`,
      exitCode: 2,
    });
  }
  useOwnTemporaryFolder();
  const began = performance.now();
  /** @type {Counts[]} */
  const results = [];
  try {
    await ensureDependencies();
    await generateSources();
    // Takes a minute or two the first time, mostly for downloads.
    if (name === undefined || (name === 'unit' && !args.length)) installAhead();
    if (name === undefined) results.push(...(await runAll()));
    else if (name === '--changed') results.push(...(await runChanged(args)));
    else if (parts[name]) results.push(await runPart(name, parts[name], args));
  } catch (error) {
    results.push(unableTo('Tests', error));
  }
  const counts = sumCounts(results);
  const { passed, failed, failures = [], slowest = [] } = counts;
  if (process.send) {
    const { user, system } = process.cpuUsage();
    process.send({ counts, times, cpu: (childrenCpuSeconds() ?? 0) + (user + system) / 1e6 });
  } else if (!isStopping()) {
    console.log();
    for (const line of timeLines(times, slowest)) console.log(line);
    console.log(`Everything together took ${seconds(performance.now() - began)}.`);
    // Repeats early failures, which have scrolled away.
    for (const failure of failures) console.log(`✗ ${failure}`);
    console.log(`${passed} passed, ${failed} failed`);
  }
  // A change may have no tests.
  return failed || !(passed || name === '--changed') ? 1 : 0;
});

/**
 * Runs all parts: window tests in turn, and in parallel parts that only compute, which run while windows wait. In CI,
 * runs all in turn, until parallel runs have passed five times in a row.
 *
 * @returns {Promise<Counts[]>}
 */
async function runAll() {
  const usual = Object.entries(parts).filter(([, part]) => !part.isOnlyByName);
  /** @type {Counts[]} */
  const results = [];
  if (process.env.CI) {
    for (const [key, part] of usual) results.push(await runPart(key, part, []));
    return results;
  }
  // Most parts need it, and would wait for each other. If it can't be built, each of them reports that.
  await buildPackage().catch(() => {});
  await Promise.all([
    (async () => {
      for (const [key, part] of usual) {
        if (!part.hasWindows) results.push(await runPartBeside(part.title, [key]));
      }
    })(),
    (async () => {
      for (const [key, part] of usual) {
        if (part.hasWindows) results.push(await runPart(key, part, []));
      }
    })(),
  ]);
  return results;
}

/**
 * Runs parts in another process with low priority. Prints its output when it ends.
 *
 * @param {string} title
 * @param {string[]} args of this script
 * @returns {Promise<Counts>}
 */
async function runPartBeside(title, args) {
  const { code, output, message } = await runBeside(inProject('scripts', 'test.mjs'), args);
  console.log(output.trimEnd());
  if (!message) return unableTo(title, new StepFailure(`${title} ended with exit code ${code}.`));
  times.push(...message.times);
  cpuBeside += message.cpu;
  return message.counts;
}

/** Starts preparing unit tests. Parts that need the result wait for it, and report its failure. */
function installAhead() {
  ensureBackstage().catch(() => {});
}

/**
 * Runs the tests that a change affects: window tests, and in parallel checks and unit tests in another process.
 *
 * @param {string[]} args a branch or commit to compare with, by default the last commit; `--computed` skips windows
 * @returns {Promise<Counts[]>}
 */
async function runChanged(args) {
  const isComputed = args.includes('--computed');
  const changed = await changedFiles(args.find(arg => arg !== '--computed'));
  const { files, unit, browser, host, web, ...affected } = affectedBy(changed, path =>
    existsSync(inProject(path)),
  );
  if (!isComputed) console.log(`▸ ${changed.length} changed files`);
  if (!changed.length) return [];
  const wanted = checks.filter(({ name }) => affected.checks.includes(name));
  /** @type {Record<string, (() => Promise<Counts>) | false>} */
  const computed = {
    check: () => runChecks(wanted, files),
    unit: () => runRelatedUnitTests(unit),
  };
  /** @type {Record<string, (() => Promise<Counts>) | false>} */
  const withWindows = {
    host: host.length > 0 && (() => runHostTests(host)),
    web: web.length > 0 && (() => runWebTests(web)),
    e2e: browser.length > 0 && (() => runBrowserTests(browser)),
  };
  const runEach = async (/** @type {typeof computed} */ affectedParts) => {
    const results = [];
    for (const [key, run] of Object.entries(affectedParts)) {
      const title = parts[key]?.title ?? key;
      if (run) results.push(await runPart(key, { title, run }, ['--changed']));
    }
    return results;
  };
  if (isComputed || !Object.values(withWindows).some(Boolean)) return runEach(computed);
  // Needed by both processes.
  await buildPackage().catch(() => {});
  const title = 'Checks and unit tests';
  const [beside, windows] = await Promise.all([
    runPartBeside(title, ['--changed', '--computed', ...args]),
    runEach(withWindows),
  ]);
  return [beside, ...windows];
}

/**
 * Runs a part. If it can't start, the others still run.
 *
 * @param {string} key
 * @param {Part} part
 * @param {string[]} args without any, the whole part runs, and has to keep its budget
 * @returns {Promise<Counts>}
 */
async function runPart(key, { title, run }, args) {
  const began = performance.now();
  const cpuBefore = cpuOfPartsHere();
  console.log(`\n▸ ${title}`);
  let counts;
  try {
    counts = await run(args);
  } catch (error) {
    counts = unableTo(title, error);
  }
  const time = performance.now() - began;
  const cpuAfter = cpuOfPartsHere();
  const cpu = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  const partTime = { key, title, cpu, wall: time / 1000 };
  times.push(partTime);
  const excess = args.length ? undefined : overBudget(partTime);
  if (excess) counts = sumCounts([counts, { passed: 0, failed: 1, failures: [excess] }]);
  console.log(`  ${title}: ${counts.passed} passed, ${counts.failed} failed (${seconds(time)})`);
  return counts;
}

/** @returns {number | undefined} seconds of CPU time; undefined where the system doesn't tell */
function cpuOfPartsHere() {
  const cpu = childrenCpuSeconds();
  return cpu === undefined ? undefined : cpu - cpuBeside;
}

/**
 * @param {string} title
 * @param {unknown} error
 * @returns {Counts}
 */
function unableTo(title, error) {
  printFailure(error);
  return { passed: 0, failed: 1, failures: [`${title}: could not be run`] };
}
