import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
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
import { packageFolder } from './packageExtension.mjs';
import { inProject } from './project.mjs';
import { removeAtEnd, removeFolder } from './processes.mjs';
import { openTestBrowser, runTestWindow } from './testBrowser.mjs';
import { printRun } from './testLines.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * A run.json: options of the VS Code window for the tests beside it. All fields are optional. Folders of tests with the
 * same options share a window, in which each has its own workspace.
 *
 * @typedef {object} RunSettings
 * @property {string | false} [workspace] folder to open a copy of, relative to the run.json;
 *   `workspace` by default; `false` opens a window without a folder
 * @property {string} [open] a .code-workspace file inside that folder, to be opened instead of it
 * @property {'trusted' | 'restricted'} [trust] `trusted` by default
 * @property {Record<string, unknown>} [settings] user settings
 * @property {string[]} [extensions] further extensions: folders of test/fixtures/extensions
 * @property {boolean} [first] whether the tests need a window that has just opened
 */

/**
 * A folder of test/host.
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {RunSettings} settings
 * @property {string | undefined} workspace the folder to open a copy of
 */

/**
 * @typedef {object} HostRun
 * @property {string} name
 * @property {string} bundle the built entry, whose `run()` VS Code calls
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
 * Runs the tests inside VS Code: one window for all folders of test/host with the same options, two if there are many.
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
    // Starting a window takes longer than most of its tests, which are mostly waiting.
    await forEachAtOnce(windowsFor(names.map(readSuite)), async suites => {
      counts.push(await runOne(suites, grep, host));
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
 * @param {string} name
 * @returns {Suite}
 */
function readSuite(name) {
  const source = inProject('test', 'host', name);
  const file = join(source, 'run.json');
  /** @type {RunSettings} */
  const settings = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const { workspace = 'workspace' } = settings;
  return {
    name,
    settings,
    workspace: workspace === false ? undefined : resolve(source, workspace),
  };
}

/**
 * Distributes suites to windows with the same options. A workspace file isn't exchanged for another.
 *
 * @param {readonly Suite[]} suites
 * @returns {Suite[][]} the longest first
 */
function windowsFor(suites) {
  /** @type {Map<string, Suite[]>} */
  const byNeeds = new Map();
  for (const suite of suites) {
    const { open, trust, settings, extensions } = suite.settings;
    const isAlone = open !== undefined || suite.workspace === undefined;
    const needs = JSON.stringify([trust, settings, extensions, isAlone && suite.name]);
    byNeeds.set(needs, [...(byNeeds.get(needs) ?? []), suite]);
  }
  return [...byNeeds.values()]
    .flatMap(group => {
      const inOrder = [...group].sort((a, b) => rank(a) - rank(b));
      if (group.length <= MANY) return [inOrder];
      return [0, 1].map(half => inOrder.filter((_, index) => index % 2 === half));
    })
    .sort((a, b) => b.length - a.length);
}

/** More suites than this are distributed to two windows, which run in parallel. */
const MANY = 6;

/** @param {Suite} suite */
const rank = ({ settings }) => (settings.first ? 0 : 1);

/**
 * @typedef {{ run: (run: HostRun) => Promise<number>, close: () => Promise<void> }} Host
 *   `run` gives the exit code, which is not to be trusted without results
 */

/**
 * @param {readonly Suite[]} suites of the window
 * @param {string} grep
 * @param {Host} host
 * @returns {Promise<Counts>}
 */
async function runOne(suites, grep, host) {
  const began = performance.now();
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-ws-')));
  removeAtEnd(temporary);
  try {
    const run = prepareRun(suites, temporary);
    if (grep) run.env.CALLBOARD_TEST_GREP = grep;
    const exitCode = await host.run(run);
    const { counts, notes } = readMochaCounts(run.results, exitCode);
    printRun({
      name: suites.map(({ name }) => name).join(', '),
      began,
      results: run.results,
      notes,
    });
    if (counts.failed) console.log(`    The log of the window: ${run.logFile}`);
    return counts;
  } finally {
    removeFolder(temporary);
  }
}

/**
 * Name of a window in its output files: the first suite's, and the number of others.
 *
 * @param {readonly Suite[]} suites
 */
const nameOf = ([first, ...others]) =>
  `${first?.name}${others.length ? `-and-${others.length}-more` : ''}`;

/**
 * @param {readonly Suite[]} suites
 * @param {string} temporary
 * @returns {HostRun}
 */
function prepareRun(suites, temporary) {
  const [first] = suites;
  if (!first) throw new StepFailure('A window of tests has no tests.');
  const { settings, workspace } = first;
  let folder;
  if (workspace !== undefined) {
    // Each run gets a copy, because tests write into it. The window's title shows its name.
    folder = join(temporary, basename(workspace));
    cpSync(workspace, folder, { recursive: true });
  }
  const name = nameOf(suites);
  const results = inProject('out', 'results', `host-${name}.json`);
  const logFile = inProject('out', 'logs', `host-tests-${name}.log`);
  for (const file of [results, logFile]) rmSync(file, { force: true });
  mkdirSync(inProject('out', 'results'), { recursive: true });
  mkdirSync(inProject('out', 'logs'), { recursive: true });
  const built = (/** @type {string} */ bundle) => inProject('out', 'test', 'host', `${bundle}.js`);
  return {
    name,
    bundle: built('entry'),
    folder: settings.open ? undefined : folder,
    workspaceFile: settings.open && folder ? join(folder, settings.open) : undefined,
    trusted: settings.trust !== 'restricted',
    extensionsFolder: installTestExtensions(settings.extensions ?? [], temporary),
    settings: {
      'git.enabled': false,
      'security.workspace.trust.startupPrompt': 'never',
      // External links open without a prompt.
      'extensions.confirmedUriHandlerExtensionIds': ['callboard.callboard'],
      ...settings.settings,
    },
    env: {
      CALLBOARD_TEST_RESULTS: results,
      CALLBOARD_TEST_SUITES: JSON.stringify(
        suites.map(suite => ({ ...suite, bundle: built(suite.name) })),
      ),
    },
    results,
    logFile,
  };
}

/**
 * VS Code loads all extensions in its extensions folder. (In a browser, it can develop only one extension at a time:
 * Callboard.)
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
    // An extension without an entry has the module of its plugin only.
    const parts = ['package.json', 'dist', 'plugin.mjs'].filter(part =>
      existsSync(join(source, part)),
    );
    for (const part of parts) {
      cpSync(join(source, part), join(folder, `example.${name}-0.0.1`, part), { recursive: true });
    }
  }
  return folder;
}

/**
 * The embedded host with one browser for all windows.
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
              ['extensionDevelopmentPath', remote(packageFolder)],
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
