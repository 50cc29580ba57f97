import { StepFailure } from './failure.mjs';
import { inProject } from './project.mjs';
import { run } from './processes.mjs';

/**
 * Window tests of a feature: paths of browser tests, and folders of test/host and test/web.
 *
 * @typedef {{ source: RegExp, browser?: readonly string[], host?: readonly string[], web?: readonly string[] }} FeatureWindows
 */

/** @param {readonly string[]} names of tests in test/e2e */
const e2e = (...names) => names.map(name => `test/e2e/${name}.test.ts`);
/** @param {readonly string[]} names of tests in test/component */
const component = (...names) => names.map(name => `test/component/${name}.test.ts`);

/**
 * Window tests by the sources of their feature. Shared sources (`src/base`, `src/model` …) have none: `npm test` covers
 * them.
 *
 * @type {readonly FeatureWindows[]}
 */
export const featureWindows = [
  { source: /^src\/features\/agents\//, host: ['agents'] },
  {
    source: /^src\/features\/apis\//,
    browser: [...component('portal/apiPage'), ...e2e('demo')],
    host: ['apis'],
  },
  {
    source: /^src\/features\/authoring\//,
    browser: e2e('language', 'organization'),
    host: ['edits', 'import', 'language'],
  },
  {
    source: /^src\/features\/backstage\//,
    browser: e2e('backstageCommands', 'remoteOrganization'),
    host: ['backstage'],
  },
  {
    source: /^src\/features\/(appConfig|catalog|plugins|scm)\//,
    browser: e2e('catalogTree'),
    host: ['basics', 'identity'],
  },
  {
    source: /^src\/features\/portal\//,
    browser: [...component('portal/entityPage'), ...e2e('demo')],
    host: ['portal'],
  },
  { source: /^src\/features\/problems\//, browser: e2e('language'), host: ['problems'] },
  {
    source: /^src\/features\/(scaffolder|templates)\//,
    browser: [...component('portal/templatePage'), ...e2e('templates')],
    host: ['templates'],
  },
  {
    source: /^src\/features\/search\//,
    browser: [...component('portal/searchPage'), ...e2e('demo')],
  },
  {
    source: /^src\/features\/sources\//,
    browser: [...component('portal/sources'), ...e2e('sources')],
    host: ['sources'],
  },
  {
    source: /^src\/features\/techdocs\//,
    browser: [...component('portal/docsPage'), ...e2e('demo')],
    host: ['docs'],
  },
  { source: /^src\/platform\/(core|vscode)\/trust\//, browser: e2e('trust'), host: ['restricted'] },
  { source: /^src\/platform\/vscode\/quickInput\//, browser: e2e('catalogTree') },
  { source: /^src\/platform\/vscode\/[^/]+$/, host: ['basics'] },
  { source: /^src\/.*\/vscode\/web\//, web: ['demo'] },
  { source: /^src\/server\//, browser: e2e('language'), host: ['language'] },
  {
    source: /^webview\/features\/catalog\/entity\//,
    browser: component('portal/entityPage', 'portal/entityCards'),
  },
  {
    source: /^webview\/(features\/catalog|shared)\/graph\//,
    browser: component('portal/graphPage'),
  },
  {
    source: /^webview\/features\/catalog\/organization\//,
    browser: component('portal/organization'),
  },
  { source: /^webview\/features\/catalog\/table\//, browser: component('portal/catalog') },
  { source: /^webview\/(features\/portal|portal)\//, browser: component('portal/homePage') },
  { source: /^webview\/features\/scaffolder\/create\//, browser: component('portal/createPage') },
  { source: /^webview\/features\/scaffolder\/task\//, browser: component('portal/taskPage') },
  {
    source: /^webview\/features\/scaffolder\/template\//,
    browser: component('portal/templatePage'),
  },
  {
    source: /^webview\/features\/search\//,
    browser: [...component('portal/searchPage'), ...e2e('demo')],
  },
  {
    source: /^webview\/features\/techdocs\//,
    browser: [...component('portal/docsPage'), ...e2e('demo')],
  },
  { source: /^webview\/markdownPreview\//, browser: component('markdownPreview') },
  { source: /^webview\/site\//, browser: component('builtSite') },
];

/** Folders of unit tests that read files without importing them. */
const readingTests = /** @type {const} */ ([
  [/^docs\//, 'test/unit/docs/'],
  [/^(package\.json|package\.nls)/, 'test/unit/manifest/'],
  [
    /^(\.oxlintrc\.json|scripts\/lib\/lintRules|\.dependency-cruiser\.cjs|package)/,
    'test/unit/architecture/',
  ],
  [/^templates\//, 'test/unit/templates/'],
  [/^demo\//, 'test/unit/demo/'],
]);

/**
 * @typedef {object} Affected
 * @property {string[]} checks names of checks
 * @property {string[]} files that still exist, to lint and to format
 * @property {string[]} unit sources and tests whose dependents are run; a folder stands for its tests
 * @property {string[]} browser paths of tests in a browser
 * @property {string[]} host folders of test/host
 * @property {string[]} web folders of test/web
 */

/**
 * Checks and tests that a change affects.
 *
 * @param {readonly string[]} changed paths relative to the project
 * @param {(path: string) => boolean} exists
 * @returns {Affected}
 */
export function affectedBy(changed, exists) {
  const isAny = (/** @type {RegExp} */ pattern) => changed.some(path => pattern.test(path));
  const checks = new Set(['format']);
  if (isAny(/\.([cm]?[jt]s|json)$/)) for (const name of ['types', 'lint']) checks.add(name);
  if (isAny(/^src\//)) checks.add('core-types');
  if (isAny(/^src\/api\/|^test\/fixtures\/extensions\//)) checks.add('api-types');
  if (isAny(/^(src|webview|l10n)\/|^package\.nls/)) checks.add('l10n');
  if (isAny(/^src\/|^package\.|^docs\/problems/)) checks.add('manifest');
  if (isAny(/^(src|webview)\/|^\.dependency-cruiser/)) checks.add('dependencies');
  if (isAny(/^(src|webview|scripts\/trust)\/|^package\.json|^docs\/threat-model/))
    checks.add('trust');
  if (isAny(/^package-lock\.json|^ThirdPartyNotices/)) checks.add('notices');
  const files = changed.filter(exists);
  const code = files.filter(path =>
    /^(src|webview|scripts|bench|test\/(unit|support|attacks))\/.*\.([cm]?[jt]s|json)$/.test(path),
  );
  const reading = readingTests.filter(([pattern]) => isAny(pattern)).map(([, folder]) => folder);
  const found = featureWindows.filter(({ source }) => isAny(source));
  const own = (/** @type {RegExp} */ pattern) =>
    files.flatMap(path => pattern.exec(path)?.[1] ?? []);
  return {
    checks: [...checks],
    files,
    unit: [...code, ...reading],
    browser: unique([
      ...found.flatMap(({ browser = [] }) => browser),
      ...own(/^(test\/(?:e2e|component)\/.*\.test\.ts)$/),
    ]),
    host: unique([...found.flatMap(({ host = [] }) => host), ...own(/^test\/host\/([^/]+)\//)]),
    web: unique([...found.flatMap(({ web = [] }) => web), ...own(/^test\/web\/([^/]+)\//)]).filter(
      name => name !== 'support',
    ),
  };
}

/** @param {string[]} items */
const unique = items => [...new Set(items)];

/**
 * Files that differ from a commit, or are new and not ignored.
 *
 * @param {string} [base] a branch or a commit, of which the last commit in common counts; default: the last commit
 * @returns {Promise<string[]>} paths relative to the project, also of files that are gone
 */
export async function changedFiles(base) {
  const from = base === undefined ? 'HEAD' : ((await git('merge-base', base, 'HEAD'))[0] ?? base);
  const changed = await git('diff', '--name-only', '--no-renames', from);
  return unique([...changed, ...(await git('ls-files', '--others', '--exclude-standard'))]);
}

/** @param {string[]} args @returns {Promise<string[]>} lines */
async function git(...args) {
  const { code, output } = await run('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: inProject(),
  });
  if (code !== 0) {
    throw new StepFailure(`git ${args[0]} failed: ${output.trim()}`, {
      advice: 'Name a branch or a commit of this repository.',
      exitCode: 2,
    });
  }
  return output.split('\n').filter(line => line !== '');
}
