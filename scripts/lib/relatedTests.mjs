import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { inProject } from './project.mjs';

const SOURCES = ['bench', 'scripts', 'src', 'test', 'webview'];

/** Imports of files of the project, without those of types, which are gone when it runs. */
const IMPORT =
  /(?:^|[\s;})])(?:import|export)(?!\s+type\b)[^'"`;]*?['"](\.[^'"]*)['"]|\bimport\(\s*['"](\.[^'"]*)['"]/g;

const ENDINGS = ['', '.ts', '/index.ts', '.mts'];

/**
 * Unit tests that import some files, whatever is between them: the nearest first, by what is between them, then by their
 * paths. Vitest answers the same, unordered, once it has transformed what all tests import.
 *
 * @param {readonly string[]} files paths relative to the project
 * @returns {string[]} paths of tests
 */
export function relatedTests(files) {
  const importers = importersByFile();
  /** @type {Map<string, { steps: number, shared: number }>} */
  const found = new Map(files.map(file => [file, { steps: 0, shared: 0 }]));
  // What is found is looked at after what is there.
  for (const [file, { steps }] of found) {
    for (const importer of importers.get(file) ?? []) {
      if (found.has(importer)) continue;
      found.set(importer, { steps: steps + 1, shared: sharedPath(importer, files) });
    }
  }
  return [...found]
    .filter(([file]) => /^test\/(unit|attacks)\/.*\.test\.ts$/.test(file))
    .sort(([, one], [, other]) => one.steps - other.steps || other.shared - one.shared)
    .map(([file]) => file);
}

/**
 * How much of its path a test has in common with the nearest of some files: `test/unit` mirrors `src`.
 *
 * @param {string} test
 * @param {readonly string[]} files
 */
function sharedPath(test, files) {
  const own = test.replace(/^test\/unit\//, '').split(/[/.]/);
  return Math.max(
    ...files.map(file => {
      const others = file.replace(/^src\//, '').split(/[/.]/);
      const index = own.findIndex((part, at) => part !== others[at]);
      return index < 0 ? own.length : index;
    }),
  );
}

/** @returns {Map<string, string[]>} by path, the files that import it */
function importersByFile() {
  const files = new Set(
    SOURCES.flatMap(folder =>
      readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
        .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
        .filter(path => /\.([cm]?[jt]s|json)$/.test(path) && !path.includes('/node_modules/')),
    ),
  );
  /** @type {Map<string, string[]>} */
  const importers = new Map();
  for (const file of files) {
    if (file.endsWith('.json')) continue;
    for (const [, one, other] of readFileSync(inProject(file), 'utf8').matchAll(IMPORT)) {
      const target = join(dirname(file), one ?? other ?? '');
      const imported = ENDINGS.map(ending => target + ending).find(path => files.has(path));
      if (!imported) continue;
      const known = importers.get(imported);
      if (known) known.push(file);
      else importers.set(imported, [file]);
    }
  }
  return importers;
}
