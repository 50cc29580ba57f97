import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from './environment.mjs';
import { StepFailure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { inProject } from './project.mjs';
import { removeAtEnd, removeFolder, run } from './processes.mjs';
import { step } from './steps.mjs';

/** State of hosts for this checkout: profiles, and the installed extension. */
export const hostFolder = () => process.env.CALLBOARD_HOST_DIR || inProject('.host');

/** Installed hosts, shared by all checkouts of this user. */
export const cacheFolder = () =>
  process.env.CALLBOARD_CACHE_DIR ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'callboard', 'hosts');

/** Milliseconds after which an unused host is removed. */
const UNUSED = 30 * 24 * 60 * 60 * 1000;

/**
 * Installs packages into their own folder, once for each version of the manifests and lockfiles in `source`. Hosts are
 * never in node_modules: their packages (a Node, a playwright) would shadow those of the project in npm scripts.
 *
 * @param {object} options
 * @param {string} options.name the beginning of the folder's name
 * @param {string} options.source the folder with the manifests and lockfiles
 * @param {string} options.title the step's title
 * @param {(prefix: string, note: (text: string) => void) => Promise<void>} options.install
 * @returns {Promise<string>} the folder
 */
export async function ensurePrefix({ name, source, title, install }) {
  const base = cacheFolder();
  const prefix = join(base, prefixName(name, source));
  // The folder is renamed once it is complete, so if it exists, it is complete.
  if (existsSync(prefix)) {
    utimesSync(prefix, new Date(), new Date());
    return prefix;
  }
  await step(title, note =>
    withLock(
      join(base, 'install.lock'),
      async () => {
        if (existsSync(prefix)) return;
        removeUnfinished(base);
        removeUnused(base, name);
        const unfinished = join(base, `unfinished-${process.pid}`);
        removeAtEnd(unfinished);
        try {
          mkdirSync(unfinished, { recursive: true });
          await install(unfinished, note);
          // Another run may have been first if both found the lock of an ended process.
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
 * Returns the name of the folder for packages. Each lockfile has its own folder.
 *
 * @param {string} name
 * @param {string} source
 */
export function prefixName(name, source) {
  const hash = createHash('sha256');
  for (const file of readdirSync(source).sort()) {
    // Line endings depend on the checkout.
    hash.update(readFileSync(join(source, file), 'utf8').replaceAll('\r\n', '\n'));
  }
  return `${name}-${hash.digest('hex').slice(0, 16)}`;
}

/**
 * Installs exactly the packages of a lockfile. No scripts of packages run.
 *
 * @param {object} options
 * @param {string} [options.what] the subject of the error message
 * @param {Record<string, string>} options.files files to copy first, by their names in `cwd`: the lockfile, and the manifest
 *   if there is none
 * @param {string} options.cwd
 * @param {string} options.log name of the log
 * @param {string[]} [options.args]
 * @param {NodeJS.ProcessEnv} [options.env]
 */
export async function installLocked({
  what = 'The embedded VS Code',
  files,
  cwd,
  log,
  args = [],
  env,
}) {
  for (const [name, file] of Object.entries(files)) copyFileSync(file, join(cwd, name));
  const logFile = hostLog(log);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = await run('npm', ['ci', ...flags, ...args], {
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
 * Removes leftovers of killed runs. If npm still writes there, the folder stays until the next time, which is harmless,
 * because every run has its own folder.
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

/**
 * Removes other versions of a host that no checkout has used for a while.
 *
 * @param {string} base
 * @param {string} name
 */
function removeUnused(base, name) {
  for (const other of readdirSync(base).filter(other => other.startsWith(`${name}-`))) {
    const folder = join(base, other);
    if (Date.now() - statSync(folder).mtimeMs > UNUSED) removeFolder(folder);
  }
}
