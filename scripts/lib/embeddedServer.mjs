import { createWriteStream, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { cleanEnvironment } from './environment.mjs';
import { removeAtEnd, removeFolder, run, start, stop } from './processes.mjs';

/** @typedef {import('./embeddedInstall.mjs').EmbeddedInstall} EmbeddedInstall */

/** User settings of every embedded host. Settings of a run are added. */
export const defaultSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  // By default, a browser saves one second after each edit, which would change the demo while it is read.
  'files.autoSave': 'off',
  // The editor can hang in a save while it copies the file into its history (microsoft/vscode#238872).
  'workbench.localHistory.enabled': false,
};

/**
 * @typedef {object} EmbeddedServer
 * @property {number} port
 * @property {string} authority `127.0.0.1:port`
 * @property {(query: { folder?: string, workspace?: string, payload?: [string, string][] }) => string} url
 * @property {string} dataFolder user data, with the logs of its windows
 * @property {Promise<void>} ended settles when the server is gone
 * @property {() => Promise<void>} stop ends it and removes what was temporary
 */

/**
 * @typedef {object} ServerOptions
 * @property {EmbeddedInstall} install
 * @property {string} [dataFolder] user data that is kept; a temporary one otherwise
 * @property {string} [extensionsFolder] extensions that are installed already; none otherwise
 * @property {Record<string, unknown>} [settings] user settings on top of the defaults
 * @property {boolean} [trustEverything] workspaces are trusted without a question (tests)
 * @property {boolean} [testDriver] honours `extensionTestsPath`, and shows no notifications
 * @property {number} [port] preferred one; any free one otherwise
 * @property {string} logFile
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * Starts the embedded host and waits until it answers requests.
 *
 * @param {ServerOptions} options
 * @returns {Promise<EmbeddedServer>}
 */
export async function startServer(options) {
  const { install, logFile, testDriver, trustEverything } = options;
  // Contains sockets, whose paths are limited to 108 characters.
  const temporary = mkdtempSync(join(tmpdir(), 'callboard-'));
  removeAtEnd(temporary);
  const dataFolder = options.dataFolder ?? join(temporary, 'data');
  writeUserSettings(dataFolder, options.settings);
  const args = [
    ...commonArguments({ ...options, dataFolder, temporary }),
    '--bind-addr',
    `127.0.0.1:${options.port ?? 0}`,
    // Only this machine can connect.
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    '--disable-proxy',
    '--ignore-last-opened',
    '--reconnection-grace-time',
    '5',
    ...(trustEverything ? ['--disable-workspace-trust'] : []),
    ...(testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = start(install.node, args, { env: serverEnvironment(temporary, options.env) });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = new Promise(resolve => child.once('exit', () => resolve(undefined)));
  const end = async () => {
    await stop(child);
    log.end();
    removeFolder(temporary);
  };
  try {
    const port = await listeningPort(child, logFile);
    const authority = `127.0.0.1:${port}`;
    await requireAnswer(authority, logFile);
    return {
      port,
      authority,
      dataFolder,
      ended,
      stop: end,
      url: ({ folder, workspace, payload }) => {
        const url = new URL(`http://${authority}/`);
        if (workspace) url.searchParams.set('workspace', workspace);
        else if (folder) url.searchParams.set('folder', folder);
        else url.searchParams.set('ew', 'true');
        if (payload) url.searchParams.set('payload', JSON.stringify(payload));
        return url.toString();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Installs a .vsix into an extensions folder for servers.
 *
 * @param {{ install: EmbeddedInstall, vsix: string, extensionsFolder: string, logFile: string }} options
 */
export async function installExtension({ install, vsix, extensionsFolder, logFile }) {
  const temporary = mkdtempSync(join(tmpdir(), 'callboard-'));
  removeAtEnd(temporary);
  try {
    const { code, output } = await run(
      install.node,
      [
        ...commonArguments({
          install,
          extensionsFolder,
          dataFolder: join(temporary, 'data'),
          temporary,
        }),
        '--install-extension',
        vsix,
        '--force',
      ],
      { env: serverEnvironment(temporary), logFile },
    );
    if (code !== 0 || !/successfully installed/.test(output)) {
      throw new StepFailure('The extension could not be installed into the embedded VS Code.', {
        advice: 'The output above says why.',
        logFile,
      });
    }
  } finally {
    removeFolder(temporary);
  }
}

/**
 * @param {{ install: EmbeddedInstall, dataFolder: string, extensionsFolder?: string, temporary: string }} options
 */
function commonArguments({ install, dataFolder, extensionsFolder, temporary }) {
  // Without a file, it writes one into the home folder.
  const config = join(temporary, 'config.yaml');
  writeFileSync(config, '{}\n');
  return [
    install.entry,
    '--config',
    config,
    '--user-data-dir',
    dataFolder,
    '--extensions-dir',
    extensionsFolder ?? join(temporary, 'extensions'),
  ];
}

/**
 * @param {string} temporary
 * @param {NodeJS.ProcessEnv} [env]
 */
const serverEnvironment = (temporary, env) => ({
  ...cleanEnvironment(),
  // No gallery: nothing is fetched without a request.
  EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  TMPDIR: temporary,
  XDG_CONFIG_HOME: temporary,
  XDG_DATA_HOME: temporary,
  ...env,
});

/**
 * Keeps settings that the user changed in a kept folder.
 *
 * @param {string} dataFolder
 * @param {Record<string, unknown>} [settings]
 */
export function writeUserSettings(dataFolder, settings) {
  const file = join(dataFolder, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...defaultSettings, ...settings }, undefined, 2)}\n`);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} logFile
 * @returns {Promise<number>}
 */
function listeningPort(child, logFile) {
  return new Promise((resolve, reject) => {
    let output = '';
    const give = (/** @type {string} */ what) =>
      reject(
        new StepFailure(`The embedded VS Code ${what}.`, {
          advice: 'If its installation was damaged, remove the .host folder and run this again.',
          logFile,
        }),
      );
    const timer = setTimeout(() => give('did not start within three minutes'), 180_000);
    child.stdout?.on('data', data => {
      output += String(data);
      const match = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve(Number(match[1]));
    });
    child.once('error', () => {
      clearTimeout(timer);
      give('could not be started');
    });
    child.once('exit', code => {
      clearTimeout(timer);
      give(`ended with exit code ${code}`);
    });
  });
}

/**
 * The server listens before it has loaded VS Code, which fails on a wrong Node version.
 *
 * @param {string} authority
 * @param {string} logFile
 */
async function requireAnswer(authority, logFile) {
  const { status } = await fetch(`http://${authority}/?ew=true`, { redirect: 'manual' });
  if (status !== 200) {
    throw new StepFailure(`The embedded VS Code answers with status ${status}.`, {
      advice: 'Remove the .host folder and run this again.',
      logFile,
    });
  }
}
