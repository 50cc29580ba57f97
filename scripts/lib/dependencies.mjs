import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { root as projectRoot } from './project.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

/**
 * Inside node_modules, so that both are removed together.
 *
 * @param {string} root
 */
const stampFile = root => join(root, 'node_modules', '.callboard-lockfile-hash');

/** @param {string} root */
export function lockfileHash(root) {
  // Line endings depend on the checkout, dependencies don't.
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8').replaceAll('\r\n', '\n');
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Whether node_modules matches package-lock.json. Without a matching stamp, npm's own record decides, so that `npm
 * install some-package` doesn't cause a whole `npm ci`.
 *
 * @param {string} root
 * @returns {'current' | 'missing' | 'outdated'}
 */
export function dependenciesState(root) {
  if (!existsSync(join(root, 'node_modules'))) return 'missing';
  const stamp = existsSync(stampFile(root)) ? readFileSync(stampFile(root), 'utf8').trim() : '';
  if (stamp === lockfileHash(root)) return 'current';
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  const missing = Object.entries(wanted).some(
    ([path, { version, optional }]) => !optional && installed[path]?.version !== version,
  );
  return missing ? 'outdated' : 'current';
}

/**
 * @param {string} file a lockfile of npm
 * @returns {Record<string, { version?: string, optional?: boolean }>} by path, the project aside
 */
function lockedPackages(file) {
  try {
    const { '': _project, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages;
    return packages;
  } catch {
    // npm writes its record last: if it is missing, the installation was interrupted.
    return {};
  }
}

/** @param {string} root */
export function stampDependencies(root) {
  writeFileSync(stampFile(root), `${lockfileHash(root)}\n`);
}

/** Installs node_modules if it is missing or doesn't match the lockfile. */
export async function ensureDependencies({ root = projectRoot } = {}) {
  const state = dependenciesState(root);
  if (state === 'current') {
    stampDependencies(root);
    return;
  }
  const why = state === 'missing' ? 'not there yet' : 'older than package-lock.json';
  await step(`Installing dependencies with npm ci (node_modules is ${why})`, async () => {
    const logFile = join(root, 'out', 'logs', 'npm-ci.log');
    const { code } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: root,
      logFile,
    });
    if (code !== 0) {
      throw new StepFailure('The dependencies could not be installed.', {
        advice: 'Check that npm reaches its registry, then run the same command again.',
        logFile,
      });
    }
    stampDependencies(root);
  });
}
