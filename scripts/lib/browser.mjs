import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { inProject } from './project.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

const commands = [
  // Without all that a person needs around a page, it does the same with a tenth less work.
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
 * A command as the shell would find it.
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
 * The executable of a Chromium, Chrome or Edge.
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
 * A browser for the tests; on Debian as root Chromium is installed if there is none.
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
    // Older releases have the second alone.
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
  // The lock of apt may be held by the machine's own updates for a while.
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
 * What the tests do without: of this list Chromium takes the last that it is given, so that it names what
 * Playwright switches off as well.
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
  // Two pages below an address bar that nobody sees, loaded anew with each window.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/**
 * How the tests start a browser.
 *
 * @param {string} executablePath
 * @returns {import('playwright-core').LaunchOptions}
 */
export const launchOptions = executablePath => ({
  executablePath,
  headless: true,
  // Chromium refuses its sandbox to root, as in most containers.
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
    // Pages of a context share a process, and with it what was compiled for the page before.
    '--process-per-site',
    // What needs another machine fails at once and visibly. (Routes of Playwright would do that as well, and have every
    // request wait for the process of the tests, and be sent without a cache.)
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost',
    `--disable-features=${disabledFeatures.join(',')}`,
  ],
});
