/*
 * Single npm packages without what they depend on: npm installs a package only with all of that, which
 * for a server's plugin is hundreds of packages.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { StepFailure } from './failure.mjs';
import { run } from './processes.mjs';

/** @typedef {Record<string, { version: string, integrity: string }>} PinnedPackages by name */

/**
 * Downloads packages, or takes them from npm's cache, and unpacks each into `folder/<name>`.
 *
 * @param {PinnedPackages} packages
 * @param {string} folder
 * @throws {StepFailure} when one cannot be had, or is not the one that was pinned
 */
export async function unpackPackages(packages, folder) {
  const tarballs = mkdtempSync(join(folder, 'tarballs-'));
  const specs = Object.entries(packages).map(([name, { version }]) => `${name}@${version}`);
  const options = ['--ignore-scripts', '--prefer-offline', '--pack-destination', tarballs];
  const { code, output } = await run('npm', ['pack', ...options, ...specs], { cwd: folder });
  if (code !== 0) {
    throw new StepFailure(`npm packages could not be downloaded:\n${output}`, {
      advice: 'Check that npm reaches its registry, then run the same command again.',
    });
  }
  const files = new Map(
    readdirSync(tarballs).map(name => {
      const content = readFileSync(join(tarballs, name));
      return [`sha512-${createHash('sha512').update(content).digest('base64')}`, content];
    }),
  );
  for (const [name, { version, integrity }] of Object.entries(packages)) {
    const content = files.get(integrity);
    if (!content) {
      throw new StepFailure(`${name}@${version} is not the package that was pinned.`, {
        advice: 'Compare its integrity with what the registry says.',
      });
    }
    for (const file of filesOf(gunzipSync(content))) write(join(folder, name), file);
  }
}

/**
 * @param {string} folder
 * @param {{ path: string, content: Buffer }} file
 */
function write(folder, { path, content }) {
  // All of a package lies in one folder, whose name does not matter.
  const target = normalize(join(folder, path.slice(path.indexOf('/') + 1)));
  if (!target.startsWith(folder + sep)) throw new Error(`${path} leads out of its package`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

const BLOCK = 512;

/**
 * The files of a tar archive in the form that npm writes.
 *
 * @param {Buffer} archive
 * @returns {Generator<{ path: string, content: Buffer }, void>}
 */
export function* filesOf(archive) {
  /** @param {number} at @param {number} length */
  const text = (at, length) =>
    archive
      .subarray(at, at + length)
      .toString('utf8')
      .replace(/\0.*$/s, '');
  let longPath;
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const size = parseInt(text(at + 124, 12), 8);
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    const type = text(at + 156, 1);
    const prefix = text(at + 345, 155);
    // A record of its own holds a path that is too long for the header.
    if (type === 'x') longPath = / path=(.*)\n/.exec(content.toString('utf8'))?.[1];
    else {
      const path = longPath ?? (prefix ? `${prefix}/` : '') + text(at, 100);
      if (type === '0' || type === '') yield { path, content };
      longPath = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}
