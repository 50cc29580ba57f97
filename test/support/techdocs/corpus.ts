import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { sharedMaterial } from '../sharedMaterial';

export const MKDOCS_SCRIPT = resolve(import.meta.dirname, '../../../scripts/mkdocsSite.py');

/** Sources of plugins that are not installed, as `scripts/mkdocsSite.py` takes them. */
export const MKDOCS_PLUGINS: readonly string[] = (process.env['CALLBOARD_MKDOCS_PLUGINS'] ?? '')
  .split(':')
  .filter(Boolean)
  .flatMap(path => ['--plugins', path]);

/** Real sites, and a Python that has MkDocs; undefined, with a word why, where one is not there. */
export function corpusOfSites(
  tests: string,
): { corpus: string; python: string; configs: readonly string[] } | undefined {
  const shared = sharedMaterial('corpus', tests);
  // The monorepo plugin fails on folders that symbolic links lead to.
  const corpus = shared && realpathSync(shared);
  const python = corpus === undefined ? undefined : pythonWithMkdocs(tests);
  if (corpus === undefined || python === undefined) return undefined;
  return { corpus, python, configs: mkdocsFiles(corpus) };
}

function mkdocsFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /^mkdocs\.ya?ml$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(path => !path.includes('/node_modules/'))
    .sort();
}

function pythonWithMkdocs(tests: string): string | undefined {
  const path = process.env['CALLBOARD_PYTHON'] ?? '/usr/bin/python3';
  const found = existsSync(path) && spawnSync(path, ['-c', 'import mkdocs.structure.files']).status;
  if (found === 0) return path;
  process.stderr.write(`${tests} did not run: ${basename(path)} has no mkdocs.\n`);
  return undefined;
}
