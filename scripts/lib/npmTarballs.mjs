/* Single npm packages without their dependencies, which for a plugin of a server would be hundreds of packages. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { StepFailure } from './failure.mjs';
import { run } from './processes.mjs';

/** @typedef {Record<string, { version: string, integrity: string }>} PinnedPackages by name */

/**
 * Downloads packages, or uses npm's cache, and unpacks each into `folder/<name>`.
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
    await unpackTarball(content, join(folder, name));
  }
}

/**
 * @param {Buffer} tarball as npm packs it
 * @param {string} folder
 */
export async function unpackTarball(tarball, folder) {
  for (const { header, data } of await unpackTar(gunzipSync(tarball), { strip: 1 })) {
    if (!data) continue;
    const target = normalize(join(folder, header.name));
    if (!target.startsWith(folder + sep))
      throw new Error(`${header.name} leads out of its package`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, data);
  }
}
