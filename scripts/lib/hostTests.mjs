import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { forEachAtOnce } from './atOnce.mjs';
import { readMochaCounts, sumCounts } from './counts.mjs';
import { desktopHost } from './desktopHost.mjs';
import { ensureEmbeddedHost } from './embeddedInstall.mjs';
import { startServer } from './embeddedServer.mjs';
import { StepFailure } from './failure.mjs';
import { parseOptions } from './options.mjs';
import { inProject } from './project.mjs';
import { removeAtEnd, removeFolder } from './processes.mjs';
import { openTestBrowser, runTestWindow } from './testBrowser.mjs';
import { printRun } from './testLines.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * A run.json: how VS Code is opened for the tests beside it. All fields may be left out.
 *
 * @typedef {object} RunSettings
 * @property {string | false} [workspace] folder to open a copy of, relative to the run.json;
 *   `workspace` by default; `false` opens a window without a folder
 * @property {string} [open] a .code-workspace file inside that folder, to be opened instead of it
 * @property {'trusted' | 'restricted'} [trust] `trusted` by default
 * @property {Record<string, unknown>} [settings] user settings
 * @property {string[]} [extensions] further extensions: folders of test/fixtures/extensions
 */

/**
 * @typedef {object} HostRun
 * @property {string} name
 * @property {string} bundle the built tests, whose `run()` VS Code calls
 * @property {string | undefined} folder
 * @property {string | undefined} workspaceFile
 * @property {boolean} trusted
 * @property {string} extensionsFolder where the extensions beside Callboard are installed
 * @property {Record<string, unknown>} settings
 * @property {NodeJS.ProcessEnv} env
 * @property {string} results
 * @property {string} logFile
 */

/**
 * Runs the tests inside VS Code: one window per folder of test/host.
 *
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runInHost(args) {
  const { options, positionals } = parseOptions(
    args,
    {
      host: { type: 'value', placeholder: 'HOST', choices: ['code', 'embedded'], help: 'which' },
      grep: { type: 'value', placeholder: 'TEXT', help: 'only tests with this in their name' },
    },
    { positionals: true },
  );
  const names = hostRunNames().filter(
    name => !positionals.length || positionals.some(word => name.includes(word)),
  );
  if (!names.length)
    throw new StepFailure(`test/host has no folder for ${positionals.join(', ')}.`);
  const grep = typeof options.grep === 'string' ? options.grep : '';
  /** @type {Counts[]} */
  const counts = [];
  const host = options.host === 'code' ? desktopHost() : await embeddedHost();
  try {
    // Starting a window takes longer than most of its tests, which wait much of the time.
    await forEachAtOnce(names, async name => {
      counts.push(await runOne(name, grep, host));
    });
  } finally {
    await host.close();
  }
  return sumCounts(counts);
}

export const hostRunNames = () =>
  readdirSync(inProject('test', 'host'), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();

/**
 * @typedef {{ run: (run: HostRun) => Promise<number>, close: () => Promise<void> }} Host
 *   `run` gives the exit code, which is not to be trusted without results
 */

/**
 * In CI, tests of a window in which one failed have a second attempt in a new one, as those in a browser have: a moment of
 * VS Code itself does not decide on all others. What failed first is told all the same, to be looked into.
 *
 * @param {string} name
 * @param {string} grep
 * @param {Host} host
 * @returns {Promise<Counts>}
 */
async function runOne(name, grep, host) {
  const first = await attempt(name, grep, host);
  if (!process.env.CI || !first.failed) return first;
  for (const end of ['.log', '.png']) {
    const left = inProject('out', 'logs', `host-tests-${name}`);
    if (existsSync(left + end)) renameSync(left + end, `${left}-first${end}`);
  }
  const second = await attempt(name, grep, host);
  for (const failure of second.failed ? [] : (first.failures ?? [])) {
    console.log(`  ${name} passed at its second attempt only: ${failure}`);
  }
  return second;
}

/**
 * @param {string} name
 * @param {string} grep
 * @param {Host} host
 * @returns {Promise<Counts>}
 */
async function attempt(name, grep, host) {
  const began = performance.now();
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-ws-')));
  removeAtEnd(temporary);
  try {
    const run = prepareRun(name, temporary);
    if (grep) run.env.CALLBOARD_TEST_GREP = grep;
    const exitCode = await host.run(run);
    const { counts, notes } = readMochaCounts(run.results, exitCode);
    printRun({ name, began, results: run.results, notes });
    if (counts.failed) console.log(`    The log of the window: ${run.logFile}`);
    return counts;
  } finally {
    removeFolder(temporary);
  }
}

/**
 * @param {string} name
 * @param {string} temporary
 * @returns {HostRun}
 */
function prepareRun(name, temporary) {
  const source = inProject('test', 'host', name);
  const settingsFile = join(source, 'run.json');
  /** @type {RunSettings} */
  const settings = existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {};
  let folder;
  if (settings.workspace !== false) {
    const original = resolve(source, settings.workspace ?? 'workspace');
    // Tests write into it, so each run gets a copy. Its name shows in the window's title.
    folder = join(temporary, basename(original));
    cpSync(original, folder, { recursive: true });
  }
  const results = inProject('out', 'results', `host-${name}.json`);
  const logFile = inProject('out', 'logs', `host-tests-${name}.log`);
  for (const file of [results, logFile]) rmSync(file, { force: true });
  mkdirSync(inProject('out', 'results'), { recursive: true });
  mkdirSync(inProject('out', 'logs'), { recursive: true });
  return {
    name,
    bundle: inProject('out', 'test', 'host', `${name}.js`),
    folder: settings.open ? undefined : folder,
    workspaceFile: settings.open && folder ? join(folder, settings.open) : undefined,
    trusted: settings.trust !== 'restricted',
    extensionsFolder: installTestExtensions(settings.extensions ?? [], temporary),
    settings: {
      'git.enabled': false,
      'security.workspace.trust.startupPrompt': 'never',
      ...settings.settings,
    },
    env: { CALLBOARD_TEST_RESULTS: results },
    results,
    logFile,
  };
}

/**
 * VS Code finds what lies in its extensions folder. (In a browser it can develop only one extension
 * at a time, which is Callboard.)
 *
 * @param {string[]} names
 * @param {string} temporary
 * @returns {string} the extensions folder
 */
function installTestExtensions(names, temporary) {
  const folder = join(temporary, 'extensions');
  mkdirSync(folder);
  for (const name of names) {
    const source = inProject('test', 'fixtures', 'extensions', name);
    for (const part of ['package.json', 'dist']) {
      cpSync(join(source, part), join(folder, `example.${name}-0.0.1`, part), { recursive: true });
    }
  }
  return folder;
}

/**
 * The embedded host, with one browser for all windows.
 *
 * @returns {Promise<Host>}
 */
async function embeddedHost() {
  const install = await ensureEmbeddedHost();
  const browser = await openTestBrowser();
  return {
    close: () => browser.close(),
    run: async run => {
      const server = await startServer({
        install,
        testDriver: true,
        trustEverything: run.trusted,
        settings: run.settings,
        extensionsFolder: run.extensionsFolder,
        logFile: inProject('out', 'logs', `host-server-${run.name}.log`),
      });
      const remote = (/** @type {string} */ path) => `vscode-remote://${server.authority}${path}`;
      try {
        const { code } = await runTestWindow({
          browser,
          url: server.url({
            folder: run.folder,
            workspace: run.workspaceFile,
            payload: [
              ['extensionDevelopmentPath', remote(inProject())],
              ['extensionTestsPath', remote(run.bundle)],
              ['extensionEnvironment', JSON.stringify(run.env)],
              ['enableProposedApi', ''],
              ['skipWelcome', 'true'],
            ],
          }),
          logFile: run.logFile,
          screenshot: inProject('out', 'logs', `host-tests-${run.name}.png`),
        });
        return code;
      } finally {
        await server.stop();
      }
    },
  };
}
