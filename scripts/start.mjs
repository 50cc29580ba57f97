import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { findOnPath } from './lib/browser.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { findDesktopCode } from './lib/desktop.mjs';
import { embeddedHostRunsHere, ensureEmbeddedHost } from './lib/embeddedInstall.mjs';
import { defaultSettings, startServer } from './lib/embeddedServer.mjs';
import { cleanEnvironment } from './lib/environment.mjs';
import { StepFailure } from './lib/failure.mjs';
import { hostFolder } from './lib/hostPrefix.mjs';
import { withLock } from './lib/lock.mjs';
import { formatHelp, parseOptions } from './lib/options.mjs';
import { installedExtensions, packageExtension } from './lib/packageExtension.mjs';
import { inProject } from './lib/project.mjs';
import { isStopping, run, start } from './lib/processes.mjs';
import { runMain, step } from './lib/steps.mjs';

/** @type {Record<string, import('./lib/options.mjs').OptionSpec>} */
const table = {
  folder: { type: 'value', placeholder: 'DIR', help: 'what to open (default: demo/)' },
  host: {
    type: 'value',
    placeholder: 'code|embedded',
    choices: ['code', 'embedded'],
    help: 'a desktop VS Code, or one that is served to the browser (default: code if it is on PATH)',
  },
  'no-open': { type: 'flag', help: 'embedded: only print the address, open no browser' },
  help: { type: 'flag', help: 'print this' },
};

await runMain(async () => {
  const { options } = parseOptions(process.argv.slice(2), table);
  if (options.help) {
    console.log(formatHelp('npm start [-- OPTIONS]   opens Callboard in a real VS Code', table));
    return 0;
  }
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
  // npm changes into the project; what a person typed is relative to where they were.
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
 * In a VS Code of its own, so that neither the person's windows nor their settings are touched and
 * Ctrl-C ends exactly what was started.
 *
 * @param {import('./lib/desktop.mjs').DesktopCode} desktop
 * @param {string} folder
 */
async function openDesktop(desktop, folder) {
  await step('Building the extension', async () => {
    const logFile = inProject('out', 'logs', 'build.log');
    const { code } = await run(process.execPath, [inProject('scripts', 'build.mjs')], { logFile });
    if (code !== 0) {
      throw new StepFailure('The build failed.', {
        advice: 'The errors above name the file and the line.',
        logFile,
      });
    }
  });
  const state = join(hostFolder(), 'desktop');
  const settings = join(state, 'User', 'settings.json');
  if (!existsSync(settings)) {
    mkdirSync(join(state, 'User'), { recursive: true });
    writeFileSync(settings, `${JSON.stringify(defaultSettings, undefined, 2)}\n`);
  }
  await step(`Opening ${folder} in ${desktop.executable}`, async note => {
    const child = start(
      desktop.executable,
      [
        folder,
        `--extensionDevelopmentPath=${inProject()}`,
        ...['--user-data-dir', state, '--extensions-dir', join(state, 'extensions')],
        ...['--new-window', '--skip-welcome'],
        // Electron refuses its sandbox to root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
      { env: cleanEnvironment(), stdio: 'ignore' },
    );
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
 * As a person has it: the packed extension is installed, and the workspace is not trusted before
 * the person says so.
 *
 * @param {string} folder
 * @param {boolean} openBrowser
 */
async function openEmbedded(folder, openBrowser) {
  const install = await ensureEmbeddedHost();
  const extensionsFolder = await installedExtensions(await packageExtension());
  const state = join(hostFolder(), 'state');
  const portFile = join(state, 'port');
  mkdirSync(state, { recursive: true });
  const server = await step('Starting VS Code', () =>
    // Two that start at once must not want the same port.
    withLock(join(state, 'start.lock'), async () => {
      // A browser keeps what it knows of a window (trust, layout) by address, so the port is kept.
      const options = {
        install,
        extensionsFolder,
        dataFolder: join(state, 'data'),
        logFile: inProject('out', 'logs', 'start-server.log'),
      };
      const preferred = rememberedPort(portFile);
      const server = await startServer({
        ...options,
        port: preferred && (await isFree(preferred)) ? preferred : 0,
      });
      writeFileSync(portFile, `${server.port}\n`);
      return server;
    }),
  );
  const url = server.url({ folder });
  console.log(`\nCallboard is open at ${url}\nPress Ctrl-C to end it.`);
  if (openBrowser) openInBrowser(url);
  await server.ended;
  if (!isStopping()) {
    throw new StepFailure('The embedded VS Code has ended.', {
      advice: 'Run npm start again.',
      logFile: inProject('out', 'logs', 'start-server.log'),
    });
  }
}

/** @param {string} file */
function rememberedPort(file) {
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN;
  return Number.isInteger(port) && port > 1023 && port < 65536 ? port : undefined;
}

/** @param {number} port */
async function isFree(port) {
  const { createServer } = await import('node:net');
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * The default browser belongs to the person: it is not ours to end, and having none is no failure.
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
