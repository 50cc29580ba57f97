import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { inProject } from './project.mjs';

const SOURCES = ['bench', 'scripts', 'src', 'test', 'webview'];

/** Imports of project files, except imports of types, which don't exist at run time. */
const IMPORT =
  /(?:^|[\s;})])(?:import|export)(?!\s+type\b)[^'"`;]*?['"](\.[^'"]*)['"]|\bimport\(\s*['"](\.[^'"]*)['"]/g;

const ENDINGS = ['', '.ts', '/index.ts', '.mts'];

/**
 * Returns the unit tests that import files, directly or not: first those with the fewest imports in between, then those with
 * similar paths. `vitest related` finds the same tests, unordered, but transforms all files for it.
 *
 * @param {readonly string[]} files paths relative to the project
 * @returns {string[]} paths of tests
 */
export function relatedTests(files) {
  const importers = importersByFile();
  /** @type {Map<string, { steps: number, shared: number }>} */
  const found = new Map(files.map(file => [file, { steps: 0, shared: 0 }]));
  // Importers are appended while iterating: nearest first.
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
 * Returns the number of leading path segments that a test shares with the most similar file: `test/unit` mirrors `src`.
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

/** @returns {Map<string, string[]>} the importers of each file, by path */
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
