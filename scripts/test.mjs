import { ensureBackstage } from './lib/backstageInstall.mjs';
import { checks } from './lib/checks.mjs';
import { sumCounts } from './lib/counts.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { runMain } from './lib/main.mjs';
import { isStopping, useOwnTemporaryFolder } from './lib/processes.mjs';
import { runChecks } from './lib/runChecks.mjs';
import { seconds, printFailure } from './lib/steps.mjs';
import {
  runBrowserTests,
  runHostTests,
  runLongTests,
  runUnitTests,
  runWebTests,
} from './lib/suites.mjs';

/**
 * @typedef {import('./lib/counts.mjs').Counts} Counts
 * @typedef {{ title: string, run: (args: string[]) => Promise<Counts>, isOnlyByName?: boolean }} Part
 */

/** @type {Record<string, Part>} */
const parts = {
  check: { title: 'Checks', run: () => runChecks(checks) },
  unit: { title: 'Unit tests', run: runUnitTests },
  host: { title: 'Tests inside VS Code', run: runHostTests },
  web: { title: 'Tests inside a VS Code for the web', run: runWebTests },
  e2e: { title: 'Tests in a browser', run: runBrowserTests },
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
  long [PATH…]      attacks and random inputs for much longer; only when it is named`;

await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === '--help' || name === '-h') {
    console.log(help);
    return 0;
  }
  if (name !== undefined && !Object.hasOwn(parts, name)) {
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
    // Takes a minute or two the first time, of the network more than of the processor.
    if (name === undefined || (name === 'unit' && !args.length)) installAhead();
    for (const [key, part] of Object.entries(parts)) {
      if (name === undefined ? !part.isOnlyByName : name === key)
        results.push(await runPart(part, args));
    }
  } catch (error) {
    results.push(unableTo('Tests', error));
  }
  const { passed, failed, failures = [] } = sumCounts(results);
  if (!isStopping()) {
    console.log(`\nEverything together took ${seconds(performance.now() - began)}.`);
    // What failed early is far above by now.
    for (const failure of failures) console.log(`✗ ${failure}`);
    console.log(`${passed} passed, ${failed} failed`);
  }
  return failed || !passed ? 1 : 0;
});

/** Begins what unit tests need later: whoever comes to need it waits for it, and says why it failed. */
function installAhead() {
  ensureBackstage().catch(() => {});
}

/**
 * One part that cannot even start does not keep the others from running.
 *
 * @param {Part} part
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
async function runPart({ title, run }, args) {
  const began = performance.now();
  console.log(`\n▸ ${title}`);
  let counts;
  try {
    counts = await run(args);
  } catch (error) {
    counts = unableTo(title, error);
  }
  const time = seconds(performance.now() - began);
  console.log(`  ${title}: ${counts.passed} passed, ${counts.failed} failed (${time})`);
  return counts;
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
