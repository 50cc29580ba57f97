import { join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { ensurePrefix, installLocked } from './hostPrefix.mjs';
import { ensureNode } from './nodeInstall.mjs';
import { inProject } from './project.mjs';

const files = ['package.json', 'package-lock.json', 'index.mjs'];
const source = inProject('test', 'support', 'backstage');

/**
 * @typedef {object} BackstageInstall
 * @property {string} node the Node that runs the backend; its native modules are built for this one
 * @property {string} entry the backend's main module
 */

/** @param {string} [platform] @param {string} [arch] */
export const backstageRunsHere = (platform = process.platform, arch = process.arch) =>
  platform === 'linux' && ['x64', 'arm64'].includes(arch);

/**
 * Installs a real Backstage backend for tests if needed. Each lockfile has its own folder.
 *
 * @returns {Promise<BackstageInstall>}
 */
export async function ensureBackstage() {
  if (!backstageRunsHere()) {
    throw new StepFailure(
      `The Backstage of the tests runs on Linux (x64, arm64) only, this is ${process.platform} ${process.arch}.`,
      { advice: 'Run the tests that need it in a container.' },
    );
  }
  const node = await ensureNode();
  const prefix = await ensurePrefix({
    name: 'backstage',
    source,
    title: 'Installing a Backstage backend for tests (about 600 MB, once)',
    install: installInto,
  });
  return {
    node,
    entry: join(prefix, 'index.mjs'),
  };
}

/** @param {string} prefix */
async function installInto(prefix) {
  await installLocked({
    what: 'The Backstage of the tests',
    files: Object.fromEntries(files.map(file => [file, join(source, file)])),
    cwd: prefix,
    log: 'backstage',
  });
}
