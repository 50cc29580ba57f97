import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { inProject } from './project.mjs';
import { run } from './processes.mjs';

/** Legal texts of every npm package. */
export const legalFiles = ['LICENSE', 'NOTICE', 'ThirdPartyNotices.txt'];

/**
 * Fields that every npm package copies from the project's manifest. `repository` is omitted while it is empty.
 *
 * @param {any} manifest
 */
export function commonFields({ version, license, repository }) {
  return { version, license, ...(repository && { repository }) };
}

/**
 * Packs a folder as npm publishes it.
 *
 * @param {string} folder
 * @param {string} tarball path of the file to write
 */
export async function packFolder(folder, tarball) {
  const target = mkdtempSync(inProject('out', 'npm-'));
  try {
    const options = ['--ignore-scripts', '--offline', '--pack-destination', target];
    const { code, output } = await run('npm', ['pack', ...options], { cwd: folder });
    const [packed] = readdirSync(target);
    if (code !== 0 || packed === undefined) {
      throw new StepFailure(`${folder} can't be packed.\n${output}`);
    }
    renameSync(join(target, packed), tarball);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}
