import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { inProject } from './project.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

const commands = [
  // Has no user interface around pages, which saves a tenth of the work.
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

/**
 * @typedef {object} Machine what a lookup needs to know
 * @property {string} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {(path: string) => boolean} exists
 */

/** @type {Machine} */
const thisMachine = { platform: process.platform, env: process.env, exists: existsSync };

/**
 * Finds a command as the shell does.
 *
 * @param {string} command
 * @param {Machine} [machine]
 * @returns {string | undefined}
 */
export function findOnPath(command, { platform, env, exists } = thisMachine) {
  const windows = platform === 'win32';
  const separator = windows ? ';' : delimiter;
  const endings = windows ? ['.exe', '.cmd'] : [''];
  for (const folder of (env.PATH ?? env.Path ?? '').split(separator).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(folder, command + ending);
      if (exists(path)) return path;
    }
  }
  return undefined;
}

/**
 * Finds the executable of a Chromium, Chrome or Edge.
 *
 * @param {Machine} [machine]
 * @returns {string | undefined}
 * @throws {StepFailure} when CALLBOARD_BROWSER names something that is not there
 */
export function findBrowser(machine = thisMachine) {
  const { env, exists } = machine;
  if (env.CALLBOARD_BROWSER) {
    if (exists(env.CALLBOARD_BROWSER)) return env.CALLBOARD_BROWSER;
    throw new StepFailure(`CALLBOARD_BROWSER names ${env.CALLBOARD_BROWSER}, which is not there.`, {
      advice: 'Set it to the executable of Chromium, Chrome or Edge.',
    });
  }
  for (const command of commands) {
    const path = findOnPath(command, machine);
    if (path) return path;
  }
  return usualPlaces(machine).find(exists);
}

/**
 * @param {Machine} machine
 * @returns {string[]}
 */
function usualPlaces({ platform, env }) {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return ['/Applications', `${env.HOME ?? ''}/Applications`].flatMap(folder =>
      apps.map(app => `${folder}/${app}.app/Contents/MacOS/${app}`),
    );
  }
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
    return folders
      .filter(folder => folder !== undefined)
      .flatMap(folder => [
        `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
        `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
        `${folder}\\Chromium\\Application\\chrome.exe`,
      ]);
  }
  return [
    '/usr/lib/chromium/chromium',
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/snap/bin/chromium',
  ];
}

/**
 * Returns a browser for the tests. On Debian as root, installs Chromium if there is none.
 *
 * @returns {Promise<string>} the executable
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (canInstallOnDebian()) await installOnDebian();
  const installed = findBrowser();
  if (installed) return installed;
  throw new StepFailure('The browser tests need Chromium, Chrome or Edge, and none was found.', {
    advice: 'Install one, or set CALLBOARD_BROWSER to its executable.',
  });
}

const canInstallOnDebian = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && !!findOnPath('apt-get');

async function installOnDebian() {
  await step('Installing Chromium with apt-get (none was found)', async () => {
    await apt('update', ['update']);
    // Older releases have only the second package.
    const packages = ['chromium-headless-shell', 'chromium'];
    for (const [index, name] of packages.entries()) {
      const isLast = index === packages.length - 1;
      const args = ['install', '-y', '--no-install-recommends', name];
      if (await apt('install', args, { mayFail: !isLast })) return;
    }
  });
}

/**
 * @param {string} name of the log
 * @param {string[]} args
 * @param {{ mayFail?: boolean }} [options]
 * @returns {Promise<boolean>} whether it was done
 */
async function apt(name, args, { mayFail = false } = {}) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const logFile = inProject('out', 'logs', `apt-${name}.log`);
  // The machine's own updates may hold apt's lock for a while.
  const { code } = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    env,
    logFile,
  });
  if (code === 0 || mayFail) return code === 0;
  throw new StepFailure(`apt-get ${name} failed.`, {
    advice: 'Install Chromium, Chrome or Edge yourself, or set CALLBOARD_BROWSER to one.',
    logFile,
  });
}

/**
 * Features that the tests don't need. Chromium uses only the last such list, so this one includes the features that
 * Playwright turns off.
 */
const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  // Two pages below the address bar, which would be loaded again in each window.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/**
 * Options for starting the browser in tests.
 *
 * @param {string} executablePath
 * @returns {import('playwright-core').LaunchOptions}
 */
export const launchOptions = executablePath => ({
  executablePath,
  headless: true,
  // As root, Chromium's sandbox doesn't work, as in most containers.
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
    // Pages of a context share a process, and with it the compiled code of earlier pages.
    '--process-per-site',
    // Requests to other machines fail at once and visibly. (With Playwright's routes, each request would wait for the
    // test process and bypass the cache.)
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost',
    `--disable-features=${disabledFeatures.join(',')}`,
  ],
});
