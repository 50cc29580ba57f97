import { join } from 'node:path';
import { testExtensionNames } from './bundles.mjs';
import { inProject } from './project.mjs';
import { runNode } from './processes.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string} title what it makes sure of
 * @property {(files?: readonly string[]) => Promise<{ code: number, output: string }>} run `files` limits checks that look at
 *   each file by itself; default: all
 */

/** @param {string} path */
const tool = path => inProject('node_modules', path);
/** @param {string} name */
const logFile = name => inProject('out', 'logs', `${name}.log`);

// The native compiler takes a seventh of the time. Tools that read TypeScript syntax, such as dependency-cruiser, need
// the other one.
const types = /** @param {string} project @param {string} name */ (project, name) =>
  runNode(
    tool('typescript-native/bin/tsc'),
    [
      '-p',
      project,
      '--incremental',
      '--tsBuildInfoFile',
      join('out', 'cache', `${name}.tsbuildinfo`),
    ],
    { cwd: inProject(), logFile: logFile(name) },
  );

/**
 * Limits a check to files of some kinds. Without such files, nothing is checked.
 *
 * @param {RegExp} kind
 * @param {(files: readonly string[]) => ReturnType<typeof runNode>} check
 * @returns {Check['run']}
 */
const onFiles = (kind, check) => async files => {
  if (!files) return check(['.']);
  const fitting = files.filter(file => kind.test(file));
  return fitting.length ? check(fitting) : { code: 0, output: '' };
};

/**
 * Checks that the output of a script is up to date.
 *
 * @param {string} name
 * @param {string} script
 * @param {string} title
 * @returns {Check}
 */
const generated = (name, script, title) => ({
  name,
  title,
  run: () =>
    runNode(inProject('scripts', `${script}.mjs`), ['--check'], {
      cwd: inProject(),
      logFile: logFile(name),
    }),
});

/** Checks that don't run the code. Each counts as one test. */
export const checks = /** @type {Check[]} */ ([
  {
    name: 'types',
    title: 'Types of everything',
    run: () => types('tsconfig.json', 'types'),
  },
  {
    name: 'core-types',
    title: 'Types of the editor-independent folders, without Node and VS Code',
    run: () => types('src/tsconfig.core.json', 'core-types'),
  },
  generated(
    'api-types',
    'apiTypes',
    'Declarations of the plugin API, an extension and a template that have nothing else',
  ),
  ...testExtensionNames().map(name => ({
    name: `extension-types-${name}`,
    title: `Types of test/fixtures/extensions/${name}, on the public API alone`,
    run: () => types(join('test', 'fixtures', 'extensions', name), `extension-types-${name}`),
  })),
  {
    name: 'lint',
    title: 'Lint',
    run: onFiles(/\.([cm]?js|m?ts)$/, files =>
      runNode(
        tool('oxlint/bin/oxlint'),
        [...files, '--deny-warnings', '--no-error-on-unmatched-pattern'],
        { cwd: inProject(), logFile: logFile('lint') },
      ),
    ),
  },
  {
    name: 'format',
    title: 'Format',
    run: onFiles(/^/, files =>
      runNode(tool('oxfmt/bin/oxfmt'), ['--check', '--no-error-on-unmatched-pattern', ...files], {
        cwd: inProject(),
        logFile: logFile('format'),
      }),
    ),
  },
  {
    name: 'words',
    title: 'Plain words in comments, texts and docs',
    run: () =>
      runNode(inProject('scripts', 'words.mjs'), [], {
        cwd: inProject(),
        logFile: logFile('words'),
      }),
  },
  {
    name: 'spelling',
    title: 'Spelling of comments, texts and docs',
    run: () =>
      runNode(
        tool('cspell/bin.mjs'),
        [
          ...['--config', 'scripts/cspell.json', '--no-progress', '--no-summary'],
          ...['--cache', '--cache-location', 'out/cache/cspell', '--cache-strategy', 'content'],
        ],
        { cwd: inProject(), logFile: logFile('spelling') },
      ),
  },
  generated('l10n', 'l10n', 'Texts for translators'),
  generated('notices', 'thirdPartyNotices', 'Notices of bundled packages'),
  generated('manifest', 'manifest', 'What package.json and docs/problems.md take from code'),
  generated('trust', 'trust', 'What workspaces may set and cause, and tables read by any text'),
  {
    name: 'dependencies',
    title: 'Who may import whom',
    run: () =>
      runNode(inProject('scripts', 'dependencyRules.mjs'), [], {
        cwd: inProject(),
        logFile: logFile('dependencies'),
      }),
  },
]);
