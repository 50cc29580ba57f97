import { existsSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { findOnPath } from './lib/browser.mjs';
import { demoFolder, demoSettings, demoUser } from './lib/demo.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { findDesktopCode } from './lib/desktop.mjs';
import { embeddedHostRunsHere, ensureEmbeddedHost } from './lib/embeddedInstall.mjs';
import { startServer, writeUserSettings } from './lib/embeddedServer.mjs';
import { cleanEnvironment } from './lib/environment.mjs';
import { StepFailure } from './lib/failure.mjs';
import { hostFolder } from './lib/hostPrefix.mjs';
import { runCommand } from './lib/main.mjs';
import { buildPackage, packageFolder, unpackedExtensions } from './lib/packageExtension.mjs';
import { inProject } from './lib/project.mjs';
import { isStopping, start } from './lib/processes.mjs';
import { step } from './lib/steps.mjs';
import { serveWithOptions } from './lib/windowOptions.mjs';

/** @type {import('./lib/main.mjs').CommandLine} */
const commandLine = {
  usage: 'npm start [-- OPTIONS]   opens Callboard in a real VS Code',
  options: {
    folder: { type: 'value', placeholder: 'DIR', help: 'what to open (default: demo/)' },
    host: {
      type: 'value',
      placeholder: 'code|embedded',
      choices: ['code', 'embedded'],
      help: 'a desktop VS Code, or one that is served to the browser (default: code if it is on PATH)',
    },
    'no-open': { type: 'flag', help: 'embedded: only print the address, open no browser' },
  },
};

const aboutDemo = `The demo is trusted, and you are ${demoUser} in it (callboard.user).`;

await runCommand(commandLine, async options => {
  const folder = folderToOpen(options.folder);
  const desktop = options.host === 'embedded' ? undefined : findDesktopCode();
  if (options.host === 'code' && !desktop) {
    throw new StepFailure('There is no desktop VS Code with a `code` command on PATH.', {
      advice: embeddedHostRunsHere()
        ? 'Install it from https://code.visualstudio.com, or leave out --host.'
        : 'Install it from https://code.visualstudio.com.',
    });
  }
  if (!desktop && !embeddedHostRunsHere()) {
    throw new StepFailure(
      'Install VS Code from https://code.visualstudio.com with its `code` command on PATH; then run npm start again.',
    );
  }
  await ensureDependencies();
  if (desktop) await openDesktop(desktop, folder);
  else await openEmbedded(folder, options['no-open'] !== true);
  return 0;
});

/** @param {string | true | undefined} option */
function folderToOpen(option) {
  // npm changes the current folder to the project. Typed paths are relative to the user's folder.
  const from = process.env.INIT_CWD ?? process.cwd();
  const folder = typeof option === 'string' ? resolve(from, option) : inProject('demo');
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new StepFailure(`${folder} is not a folder.`, {
      advice: 'Give an existing one after --folder.',
      exitCode: 2,
    });
  }
  return realpathSync(folder);
}

/**
 * Opens a separate VS Code, so that it doesn't affect the user's windows and settings, and Ctrl-C ends only this one.
 * The demo has another: its window is trusted, and so is everything opened from it.
 *
 * @param {import('./lib/desktop.mjs').DesktopCode} desktop
 * @param {string} folder
 */
async function openDesktop(desktop, folder) {
  await buildPackage();
  const isDemo = folder === demoFolder;
  const state = join(hostFolder(), isDemo ? 'desktop-demo' : 'desktop');
  writeUserSettings(state, isDemo ? demoSettings : {});
  await step(`Opening ${folder} in ${desktop.executable}`, async note => {
    const child = start(
      desktop.executable,
      [
        folder,
        `--extensionDevelopmentPath=${packageFolder}`,
        '--user-data-dir',
        state,
        '--extensions-dir',
        join(state, 'extensions'),
        '--new-window',
        '--skip-welcome',
        ...(isDemo ? ['--disable-workspace-trust'] : []),
        // As root, Electron's sandbox doesn't work.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
      { env: cleanEnvironment(), stdio: 'ignore' },
    );
    if (isDemo) note(aboutDemo);
    note('Close the window or press Ctrl-C to end it.');
    const code = await new Promise((resolve, reject) => {
      child.once('exit', resolve);
      child.once('error', reject);
    });
    if (code && !isStopping()) {
      throw new StepFailure(`VS Code ended with exit code ${code}.`, {
        advice: 'Try --host embedded, or run its `code` command by hand to see why.',
      });
    }
  });
}

/**
 * Opens the shipped extension with the usual permissions: only the demo is trusted.
 *
 * @param {string} folder
 * @param {boolean} openBrowser
 */
async function openEmbedded(folder, openBrowser) {
  const install = await ensureEmbeddedHost();
  await buildPackage();
  const state = join(hostFolder(), 'state');
  const portFile = join(state, 'port');
  const logFile = inProject('out', 'logs', 'start-server.log');
  const server = await step('Starting VS Code', () =>
    startServer({
      install,
      extensionsFolder: unpackedExtensions(),
      dataFolder: join(state, 'data'),
      logFile,
    }),
  );
  const window = await serveWithOptions({
    folder: demoFolder,
    options: { enableWorkspaceTrust: false, configurationDefaults: demoSettings },
    target: server.port,
    // A browser stores the state of a window (trust, layout) by address, so the port is kept.
    port: rememberedPort(portFile),
  });
  writeFileSync(portFile, `${window.port}\n`);
  const url = `http://127.0.0.1:${window.port}/?folder=${encodeURIComponent(folder)}`;
  console.log(`\nCallboard is open at ${url}`);
  if (folder === demoFolder) console.log(aboutDemo);
  console.log('Press Ctrl-C to end it.');
  if (openBrowser) openInBrowser(url);
  await server.ended;
  window.close();
  if (!isStopping()) {
    throw new StepFailure('The embedded VS Code has ended.', {
      advice: 'Run npm start again.',
      logFile,
    });
  }
}

/** @param {string} file */
function rememberedPort(file) {
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN;
  return Number.isInteger(port) && port > 1023 && port < 65536 ? port : undefined;
}

/**
 * Opens the user's default browser, which this script doesn't end. Having none isn't a failure.
 *
 * @param {string} url
 */
function openInBrowser(url) {
  const opener = findOnPath('xdg-open');
  if (!opener || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)) return;
  const child = spawn(opener, [url], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
