import {
  appendFileSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDesktopCode } from './desktop.mjs';
import { defaultSettings } from './embeddedServer.mjs';
import { cleanEnvironment } from './environment.mjs';
import { StepFailure } from './failure.mjs';
import { removeAtEnd, removeFolder, start, stop } from './processes.mjs';
import { packageFolder } from './packageExtension.mjs';

/**
 * A desktop VS Code that is installed here, driven by @vscode/test-electron; started by ourselves
 * where a run wants a folder that is not trusted, because test-electron trusts all of them.
 *
 * @param {import('./desktop.mjs').DesktopCode | undefined} [desktop]
 * @returns {import('./hostTests.mjs').Host}
 */
export function desktopHost(desktop = findDesktopCode()) {
  if (!desktop) {
    throw new StepFailure('There is no desktop VS Code on PATH.', {
      advice: 'Install it with its `code` command, or use --host embedded.',
    });
  }
  return {
    close: async () => {},
    run: async run => {
      const state = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
      removeAtEnd(state);
      mkdirSync(join(state, 'User'), { recursive: true });
      writeFileSync(
        join(state, 'User', 'settings.json'),
        JSON.stringify({ ...defaultSettings, ...run.settings }),
      );
      try {
        return run.trusted
          ? await runTrusted(desktop.executable, windowArguments(run, state), run)
          : await runWindow(desktop.executable, restrictedArguments(run, state), run);
      } finally {
        removeFolder(state);
      }
    },
  };
}

/**
 * Options of every window that a test or a person opens.
 *
 * @param {import('./hostTests.mjs').HostRun} run
 * @param {string} state where the window keeps its settings and state
 */
export function windowArguments(run, state) {
  const open = run.workspaceFile ?? run.folder;
  return [
    ...(open ? [open] : []),
    '--user-data-dir',
    state,
    '--extensions-dir',
    run.extensionsFolder,
  ];
}

/**
 * The same options with those of test-electron, except trust.
 *
 * @param {import('./hostTests.mjs').HostRun} run
 * @param {string} state
 * @param {boolean} [isRoot]
 */
export function restrictedArguments(run, state, isRoot = process.getuid?.() === 0) {
  return [
    ...windowArguments(run, state),
    `--extensionDevelopmentPath=${packageFolder}`,
    `--extensionTestsPath=${run.bundle}`,
    '--disable-updates',
    '--skip-welcome',
    '--skip-release-notes',
    // As root, Electron's sandbox doesn't work.
    ...(isRoot ? ['--no-sandbox', '--disable-gpu-sandbox'] : []),
  ];
}

/**
 * @param {string} executable
 * @param {string[]} launchArgs
 * @param {import('./hostTests.mjs').HostRun} run
 * @returns {Promise<number>} the exit code
 */
async function runTrusted(executable, launchArgs, { bundle, env, logFile }) {
  // Not a static import, because the dependency may have been installed just now.
  const { runTests } = await import('@vscode/test-electron');
  try {
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: packageFolder,
      extensionTestsPath: bundle,
      // Settings of a surrounding VS Code must not affect the window.
      extensionTestsEnv: { ...unset(foreignVariables()), ...env },
      launchArgs,
    });
  } catch (error) {
    appendFileSync(logFile, `${String(error)}\n`);
    return 1;
  }
}

/** @returns {string[]} names of the variables that a window shall not see */
function foreignVariables() {
  const clean = cleanEnvironment();
  return Object.keys(process.env).filter(name => !(name in clean));
}

/**
 * @param {string[]} names
 * @returns {Record<string, undefined>}
 */
function unset(names) {
  return Object.fromEntries(names.map(name => [name, undefined]));
}

/**
 * @param {string} executable
 * @param {string[]} args
 * @param {import('./hostTests.mjs').HostRun} run
 * @returns {Promise<number>} the exit code; -1 when it did not end within fifteen minutes
 */
async function runWindow(executable, args, { env, logFile }) {
  const child = start(executable, args, { env: { ...cleanEnvironment(), ...env } });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const closed = new Promise(resolve => child.once('close', resolve));
  let timer;
  const code = await Promise.race([
    new Promise(resolve => {
      child.once('exit', exitCode => resolve(exitCode ?? 1));
      child.once('error', error => {
        appendFileSync(logFile, `${error.message}\n`);
        resolve(127);
      });
    }),
    new Promise(resolve => {
      timer = setTimeout(() => resolve(-1), 900_000);
    }),
  ]);
  clearTimeout(timer);
  await stop(child);
  // The last output may still be on its way.
  await closed;
  await new Promise(resolve => log.end(resolve));
  return code;
}
