import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/** Entries of the project's root that don't affect the package. */
const notInputs = new Set([
  '.ci',
  '.git',
  '.host',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  '.vscode',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'bench',
  'coverage',
  'demo',
  'dist',
  'node_modules',
  'out',
  'test',
  'vitest.config.mts',
]);

/**
 * Returns a hash of everything that affects the package: relevant files of the project, and installed dependencies.
 *
 * @returns {string}
 */
export function hashInputs() {
  const files = filesBelow(inProject(), { skip: notInputs });
  return hashFiles(inProject(), [...files, 'node_modules/.package-lock.json']);
}

/**
 * Returns a hash of the names and contents of files.
 *
 * @param {string} folder
 * @param {readonly string[]} files paths relative to the folder
 */
export function hashFiles(folder, files) {
  const sum = createHash('sha256');
  for (const file of [...files].sort()) {
    const path = join(folder, file);
    // Folders that npm didn't install have no record of npm.
    const content = existsSync(path) ? readFileSync(path) : undefined;
    sum.update(`${file}\0${content?.length ?? 'missing'}\0`);
    if (content) sum.update(content);
  }
  return sum.digest('hex');
}

/**
 * Returns the shipped files, by the patterns of `.vscodeignore` that re-include them. vsce would match them against
 * every file of the project's folder, including installed hosts and packages.
 *
 * @returns {Promise<string[]>} paths relative to the project, in code-unit order
 */
export async function shippedFiles() {
  // Not a static import, because `npm start` may install it first.
  const { default: picomatch } = await import('picomatch');
  const patterns = readFileSync(inProject('.vscodeignore'), 'utf8')
    .split(/\r?\n/)
    .flatMap(line => (line.startsWith('!') ? line.slice(1).trim() : []));
  const files = patterns.flatMap(pattern => {
    const isShipped = picomatch(pattern, { dot: true });
    const { base } = picomatch.scan(pattern);
    const folder = base === pattern ? '' : base;
    const depth = pattern.includes('**')
      ? Infinity
      : pattern.slice(folder.length).split('/').length;
    return filesBelow(inProject(folder), { depth })
      .map(file => (folder ? `${folder}/${file}` : file))
      .filter(file => isShipped(file));
  });
  return [...new Set(files)].sort();
}

/**
 * @param {string} folder
 * @param {object} [options]
 * @param {number} [options.depth] levels of folders to look into
 * @param {ReadonlySet<string>} [options.skip] names of entries of the folder itself
 * @returns {string[]} paths relative to the folder, with slashes
 */
export function filesBelow(folder, { depth = Infinity, skip } = {}) {
  if (depth < 1 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (skip?.has(entry.name)) return [];
    if (!entry.isDirectory()) return entry.isFile() ? [entry.name] : [];
    const inside = filesBelow(join(folder, entry.name), { depth: depth - 1 });
    return inside.map(file => `${entry.name}/${file}`);
  });
}
