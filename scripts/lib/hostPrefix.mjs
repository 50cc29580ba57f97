import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from './environment.mjs';
import { StepFailure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { inProject } from './project.mjs';
import { removeAtEnd, removeFolder, run } from './processes.mjs';
import { step } from './steps.mjs';

/** Where hosts are kept; several checkouts may share one folder by CALLBOARD_HOST_DIR. */
export const hostFolder = () => process.env.CALLBOARD_HOST_DIR || inProject('.host');

/**
 * A folder of packages beside the project's own, installed first if needed. Hosts are never in
 * node_modules: what they bring along (a Node, a playwright) would shadow ours in npm scripts.
 *
 * @param {object} options
 * @param {string} options.name of the folder, with the versions that are in it
 * @param {string} options.title what is being installed, as a person would say it
 * @param {(prefix: string, note: (text: string) => void) => Promise<void>} options.install
 * @returns {Promise<string>} the folder
 */
export async function ensurePrefix({ name, title, install }) {
  const base = hostFolder();
  const prefix = join(base, name);
  // The folder gets its name in one step when everything is in it: if it exists, it is complete.
  if (existsSync(prefix)) return prefix;
  await step(title, note =>
    withLock(
      join(base, 'install.lock'),
      async () => {
        if (existsSync(prefix)) return;
        removeUnfinished(base);
        const unfinished = join(base, `unfinished-${process.pid}`);
        removeAtEnd(unfinished);
        try {
          mkdirSync(unfinished, { recursive: true });
          writeFileSync(
            join(unfinished, 'package.json'),
            JSON.stringify({ name: 'callboard-host', private: true, version: '0.0.0' }),
          );
          await install(unfinished, note);
          // Another run can have got here first after all, when both found the lock of a dead one.
          if (!existsSync(prefix)) renameSync(unfinished, prefix);
        } finally {
          removeFolder(unfinished);
        }
      },
      { onWait: pid => note(`waiting for process ${pid}, which is installing a host`) },
    ),
  );
  return prefix;
}

/**
 * `npm install` for a host: no scripts of packages run.
 *
 * @param {object} options
 * @param {string} [options.what] is installed, as a sentence begins
 * @param {'install' | 'ci'} [options.command]
 * @param {string} options.cwd
 * @param {string} options.log name of the log
 * @param {string[]} [options.args]
 * @param {NodeJS.ProcessEnv} [options.env]
 */
export async function npmInstall({
  what = 'The embedded VS Code',
  command = 'install',
  cwd,
  log,
  args = [],
  env,
}) {
  const logFile = hostLog(log);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = await run('npm', [command, ...flags, ...args], {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    logFile,
  });
  if (code !== 0) {
    throw new StepFailure(`${what} could not be installed.`, {
      advice: 'Check that npm reaches its registry and the disk has 1 GB free, then run it again.',
      logFile,
    });
  }
}

/** @param {string} name */
export const hostLog = name => inProject('out', 'logs', `host-${name}.log`);

/**
 * What killed runs left. Its npm may have survived such a run and still write: then the folder stays
 * until next time, which does no harm, as every run has a folder of its own.
 *
 * @param {string} base
 */
function removeUnfinished(base) {
  for (const name of readdirSync(base).filter(name => name.startsWith('unfinished-'))) {
    try {
      removeFolder(join(base, name));
    } catch {
      // See above.
    }
  }
}
