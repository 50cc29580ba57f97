import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { readMochaCounts, sumCounts } from './counts.mjs';
import { StepFailure } from './failure.mjs';
import { parseOptions } from './options.mjs';
import { packageFolder } from './packageExtension.mjs';
import { inProject } from './project.mjs';
import { removeAtEnd, removeFolder, runNode } from './processes.mjs';
import { openTestBrowser, runTestWindow } from './testBrowser.mjs';
import { printRun } from './testLines.mjs';
import { ensureWebHost } from './webInstall.mjs';
import { startWebServer } from './webServer.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * A run.json: options of the window for the tests beside it.
 *
 * @typedef {object} WebRunSettings
 * @property {string} workspace folder to open a copy of, relative to the run.json
 * @property {string} [language] of the window, in which all texts of Callboard are put in brackets
 */

/** Marker of the log line with the results, written by test/web/entry.ts. */
const resultsMark = 'callboard-test-results:';

/**
 * Runs the tests of the browser entry: one window of a VS Code for the web per folder of test/web.
 *
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runInWebHost(args) {
  const { options, positionals } = parseOptions(
    args,
    { grep: { type: 'value', placeholder: 'TEXT', help: 'only tests with this in their name' } },
    { positionals: true },
  );
  const names = webRunNames().filter(
    name => !positionals.length || positionals.some(word => name.includes(word)),
  );
  if (!names.length) throw new StepFailure(`test/web has no folder for ${positionals.join(', ')}.`);
  const grep = typeof options.grep === 'string' ? options.grep : '';
  const install = await ensureWebHost();
  const browser = await openTestBrowser();
  const counts = [];
  try {
    for (const name of names) counts.push(await runOne({ name, grep, install, browser }));
  } finally {
    await browser.close();
  }
  return sumCounts(counts);
}

/** Returns the folders of test/web with tests: each has a run.json that names its workspace. */
export const webRunNames = () =>
  readdirSync(inProject('test', 'web'), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'support')
    .map(entry => entry.name)
    .sort();

/**
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.grep
 * @param {import('./webInstall.mjs').WebInstall} options.install
 * @param {import('playwright-core').Browser} options.browser
 * @returns {Promise<Counts>}
 */
async function runOne({ name, grep, install, browser }) {
  const began = performance.now();
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-ws-')));
  removeAtEnd(temporary);
  const results = inProject('out', 'results', `web-${name}.json`);
  const log = (/** @type {string} */ what) => inProject('out', 'logs', `web-${what}-${name}`);
  const logFile = log('tests') + '.log';
  for (const file of [results, logFile]) rmSync(file, { force: true });
  for (const folder of ['results', 'logs'])
    mkdirSync(inProject('out', folder), { recursive: true });
  try {
    /** @type {WebRunSettings} */
    const { workspace, language } = JSON.parse(
      readFileSync(inProject('test', 'web', name, 'run.json'), 'utf8'),
    );
    const original = resolve(inProject('test', 'web', name), workspace);
    const folder = join(temporary, basename(original));
    cpSync(original, folder, { recursive: true });
    // Only the extension's folder is served.
    const extension = join(temporary, 'extension');
    const tests = join(extension, 'tests');
    cpSync(packageFolder, extension, { recursive: true });
    cpSync(inProject('out', 'test', 'web'), tests, { recursive: true });
    // The tests fetch this file from the folder of their bundle, because they have no environment.
    writeFileSync(
      join(tests, `${name}.json`),
      JSON.stringify({ grep, ...(await answersOfCommandLine(folder)) }),
    );
    const server = await startWebServer({
      install,
      extension,
      folder,
      tests: join(tests, `${name}.js`),
      logFile: log('server') + '.log',
    });
    try {
      const { code, refused } = await runTestWindow({
        browser,
        url: server.url,
        logFile,
        screenshot: log('tests') + '.png',
        prepare: async context => {
          if (language) await speak(language, context);
        },
        onLine: line => {
          const at = line.indexOf(resultsMark);
          if (at >= 0) writeFileSync(results, line.slice(at + resultsMark.length));
        },
      });
      const { counts, notes } = readMochaCounts(results, code);
      printRun({ name, began, results, notes });
      if (refused.length) {
        const failure = `The window wanted other machines: ${[...new Set(refused)].join(', ')}`;
        console.log(`    ✗ ${failure}`);
        counts.failed++;
        counts.failures = [...(counts.failures ?? []), failure];
      }
      if (counts.failed) console.log(`    The log of the window: ${logFile}`);
      return counts;
    } finally {
      await server.stop();
    }
  } finally {
    removeFolder(temporary);
  }
}

/**
 * Returns the output of the command line for the same folder, on the disk and in Node.
 *
 * @param {string} folder
 */
async function answersOfCommandLine(folder) {
  const [{ entities }, { problems }] = await Promise.all(
    ['entities', 'validate'].map(async command => {
      const { output } = await runNode(
        join(packageFolder, 'dist', 'cli.js'),
        [command, folder, '--format', 'json'],
        { cwd: folder },
      );
      return JSON.parse(output);
    }),
  );
  return { entities, problems };
}

/**
 * Opens the window in a pseudo-language: all texts for translators, in brackets.
 *
 * @param {string} language
 * @param {import('playwright-core').BrowserContext} context
 */
async function speak(language, context) {
  await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
  /** @type {Record<string, string>} */
  const texts = JSON.parse(readFileSync(inProject('l10n', 'bundle.l10n.json'), 'utf8'));
  const translated = Object.entries(texts).map(([key, text]) => [key, `[${text}]`]);
  await context.route(`**/l10n/bundle.l10n.${language}.json`, route =>
    route.fulfill({ json: Object.fromEntries(translated) }),
  );
}
