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
import { inProject } from './project.mjs';

/**
 * A desktop VS Code that is installed here. Started by ourselves: @vscode/test-electron trusts every
 * folder, whatever it is told, and hands on the environment of a surrounding VS Code.
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
        return await runWindow(desktop.executable, desktopArguments(run, state), run);
      } finally {
        removeFolder(state);
      }
    },
  };
}

/**
 * @param {import('./hostTests.mjs').HostRun} run
 * @param {string} state where the window keeps its settings and state
 * @param {boolean} [isRoot]
 */
export function desktopArguments(run, state, isRoot = process.getuid?.() === 0) {
  const open = run.workspaceFile ?? run.folder;
  return [
    ...(open ? [open] : []),
    `--extensionDevelopmentPath=${inProject()}`,
    `--extensionTestsPath=${run.bundle}`,
    ...['--user-data-dir', state, '--extensions-dir', run.extensionsFolder],
    ...['--disable-updates', '--skip-welcome', '--skip-release-notes'],
    ...(run.trusted ? ['--disable-workspace-trust'] : []),
    // Electron refuses its sandbox to root.
    ...(isRoot ? ['--no-sandbox', '--disable-gpu-sandbox'] : []),
  ];
}

/**
 * @param {string} executable
 * @param {string[]} args
 * @param {import('./hostTests.mjs').HostRun} run
 * @returns {Promise<number>} the exit code; -1 when it did not end within four minutes
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
      timer = setTimeout(() => resolve(-1), 240_000);
    }),
  ]);
  clearTimeout(timer);
  await stop(child);
  // What was said last may still be on its way.
  await closed;
  await new Promise(resolve => log.end(resolve));
  return code;
}
