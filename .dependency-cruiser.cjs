// "Who may import whom", one rule per sentence. test/unit/architecture plants a violation of every
// rule and expects it to be reported under the rule's name.

/** A feature's core may import the cores of those before it. */
const features = [
  'plugins',
  'scm',
  'appConfig',
  'templates',
  'catalog',
  'authoring',
  'search',
  'techdocs',
  'scaffolder',
  'sources',
  'backstage',
  'apis',
  'problems',
  'portal',
  'agents',
];

/** Folders whose files others import through their `index.ts` only, as regular expressions. */
const rooms = [
  'base',
  'model',
  'model/(annotations|differences|forms|json|layers|predicates|presentation|releases|validation)',
  'api',
  'server',
  'server/standalone',
  'platform/core',
  'platform/core/(binary|files|globs|hosts|linearRegExp|ports|trust|yaml)',
  'platform/node',
  'platform/vscode/(quickInput|trees|trust)',
  'features/[^/]+/(core|language|node|plugin|plugin/vscode|protocol|vscode)',
  // Parts of a core that are loaded at different times.
  'features/authoring/core/(edits|import|schemas|upgrade)',
  'features/plugins/core/(declarative|headless|outside|view)',
  'features/backstage/core/instances',
  'features/catalog/core/(dependents|diff|feed|glances|graphExport|identity|locations|modelExport|modelReport|pages|reader|refs|shared|snapshot)',
  'features/portal/protocol/validation',
  'features/scaffolder/core/(drift|pages)',
  'features/scm/core/(codeowners|forgeFiles|forgePages|forges|gitAddresses|urlReaders)',
  'features/search/core/(entities|pages)',
  'features/techdocs/core/(built|draft|pages)',
];
const doors = [
  `^src/(${rooms.join('|')})/index\\.ts$`,
  // The editor loads its parts when they are needed, and what a door names comes with the door. These are doors by themselves:
  '^src/platform/vscode/(files/vsCodeOutputFolder|[^/]+)\\.ts$',
  '^src/platform/node/(exitCleanup|http/withheldAddresses)\\.ts$',
  '^src/features/appConfig/core/(scaffolderConfig|techDocsConfig|templateGroups)\\.ts$',
  '^src/features/catalog/core/configuredBackstage/config/(scaffolderConfigFile|techDocsConfigFile|templateGroupsFile)\\.ts$',
  '^src/features/catalog/core/configuredBackstage/urls/integrationAddresses\\.ts$',
  '^src/features/authoring/vscode/(editsPreview|editRefusals)\\.ts$',
  '^src/features/scaffolder/vscode/scaffolderSettings\\.ts$',
  '^src/features/scaffolder/core/workspace/memoryWorkspace\\.ts$',
];

/** Folders that run in any JavaScript host: the world comes in through ports. */
const editorIndependent = [
  '^src/(base|model|api|platform/core)/',
  '^src/features/[^/]+/(core|language)/',
  '^src/features/[^/]+/plugin/(?!vscode/)',
];

/** The only places that know the editor: the path alone tells. */
const editorPlaces = ['^src/extension\\.ts$', '/vscode/'];

/**
 * @param {string} name
 * @param {string} comment
 * @param {object} from
 * @param {object} to
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/**
 * A row of the table: what a folder may import of `src` and `webview`.
 *
 * @param {string} name
 * @param {string} mayImport as people say it
 * @param {string} folder as a regular expression
 * @param {string[]} allowed the same; `$1` is what the folder has in parentheses
 */
const row = (name, mayImport, folder, allowed) =>
  forbid(
    `${name}-imports`,
    `${name} imports ${mayImport}.`,
    { path: `^src/${folder}/` },
    { path: '^(src|webview)/', pathNot: allowed.map(path => `^src/${path}[/.]`) },
  );

const below = '(base|model|api|platform/core)';
const ownFeature = 'features/$1';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    // The table.
    row('base', 'nothing else of ours', 'base', ['base']),
    row('model', 'base', 'model', ['(base|model)']),
    row('api', 'base and model', 'api', ['(base|model|api)']),
    row('platform-core', 'base, model and api', 'platform/core', [below]),
    row('platform-node', 'base, model, api and platform/core', 'platform/node', [
      below,
      'platform/node',
    ]),
    row(
      'platform-vscode',
      'base, model, api and platform/core (platform/vscode/desktop: also platform/node)',
      'platform/vscode',
      [below, 'platform/(node|vscode)'],
    ),
    ...features.map((feature, at) =>
      row(
        'core',
        'base, model, api, platform/core and the cores of features before its own in the list above',
        `features/${feature}/core`,
        [below, `features/(${features.slice(0, at + 1).join('|')})/core`],
      ),
    ),
    row(
      'language',
      'base, model, api, platform/core, cores and authoring/language',
      'features/([^/]+)/language',
      [below, 'features/[^/]+/core', 'features/authoring/language', `${ownFeature}/language`],
    ),
    row('protocol', 'base, model, api, ports and cores', 'features/([^/]+)/protocol', [
      '(base|model|api|platform/core/ports)',
      'features/[^/]+/core',
      `${ownFeature}/protocol`,
    ]),
    row('plugin', 'its own core and api', 'features/([^/]+)/plugin(?!/vscode/)', [
      'api',
      `${ownFeature}/core`,
      `${ownFeature}/plugin(?!/vscode/)`,
    ]),
    row(
      'plugin-editor-part',
      'its own plugin, api, and what helps with prompts, trees and settings of the editor',
      'features/([^/]+)/plugin/vscode',
      ['api', `${ownFeature}/plugin`, 'platform/vscode/(quickInput|trees|trust)'],
    ),
    row(
      'node',
      'base, model, api, platform/core, platform/node and cores',
      'features/([^/]+)/node',
      [below, 'platform/node', 'features/[^/]+/core', `${ownFeature}/node`],
    ),
    row('vscode', 'all but commands, the server and plugins', 'features/([^/]+)/vscode', [
      below,
      'platform/(node|vscode)',
      'features/[^/]+/(core|language|node|protocol|vscode)',
    ]),
    row(
      'command',
      'cores, language parts, node, the server and what all commands share',
      'features/([^/]+)/cli',
      [
        below,
        'platform/node',
        '(cli|server)',
        'features/[^/]+/(core|language|node)',
        `${ownFeature}/cli`,
      ],
    ),
    row('cli', 'cores, node, the server and commands', 'cli', [
      below,
      'platform/node',
      '(cli|server)',
      'features/[^/]+/(cli|core|node)',
    ]),
    row('server', 'cores, language parts, protocols and node', 'server', [
      below,
      'platform/node',
      'server',
      'features/[^/]+/(core|language|protocol)',
    ]),
    forbid(
      'node-in-desktop-only',
      'Of the folders that know the editor, only vscode/desktop imports node.',
      { path: '/vscode/', pathNot: '/vscode/desktop/' },
      { path: '^src/.*/node/' },
    ),
    forbid(
      'desktop-from-the-root-only',
      'Only the roots desktop.ts and web.ts import vscode/desktop and vscode/web.',
      { path: '^(src|webview)/', pathNot: ['^src/(desktop|web)\\.ts$', '/vscode/(desktop|web)/'] },
      { path: '/vscode/(desktop|web)/' },
    ),
    forbid(
      'protocol-takes-types',
      'A protocol imports only types of api and of cores.',
      { path: '^src/features/[^/]+/protocol/' },
      { path: '^src/(api|features/[^/]+/core)/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'webview-imports',
      'webview imports protocols, types of api, model and base.',
      { path: '^webview/' },
      { path: '^src/', pathNot: '^src/(features/[^/]+/protocol|api|model|base)/' },
    ),
    forbid(
      'webview-takes-types-of-api',
      'webview imports only types of api.',
      { path: '^webview/' },
      { path: '^src/api/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'nothing-imports-a-root',
      'extension.ts, cli.ts, worker.ts, searchWorker.ts, pluginWorker.ts and languageServer.ts import everything; nothing imports them, but launcher.ts loads cli.ts.',
      { pathNot: '^src/launcher\\.ts$' },
      {
        path: '^src/(extension|cli|launcher|worker|searchWorker|pluginWorker|languageServer)\\.ts$',
      },
    ),

    forbid(
      'cli-from-its-root-only',
      'Only cli.ts, launcher.ts and cli folders import cli folders.',
      { path: '^(src|webview)/', pathNot: ['^src/(cli|launcher)\\.ts$', '/cli/'] },
      { path: '/cli/' },
    ),

    // 1. The editor.
    forbid(
      'vscode-in-its-places',
      'Only extension.ts and vscode folders import vscode.',
      { path: '^(src|webview)/', pathNot: editorPlaces },
      { path: '^(vscode|@types/vscode|node_modules/@types/vscode)(/|$)' },
    ),

    // 2. The world comes in through ports.
    forbid(
      'no-node-built-ins',
      'base, model, api, cores, language parts and plugins use no Node built-ins, node: prefix or not.',
      { path: editorIndependent },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'no-node-built-ins-beside-the-editor',
      'Code for the editor runs on vscode.dev too: only vscode/desktop uses Node built-ins.',
      {
        path: [...editorPlaces, '^src/features/[^/]+/protocol/', '^webview/'],
        pathNot: '/vscode/desktop/',
      },
      { dependencyTypes: ['core'] },
    ),

    // 3. Libraries with one place.
    forbid(
      'simple-git-in-its-place',
      'simple-git is imported in scm/node/gitProcess.ts only.',
      { path: '^(src|webview)/', pathNot: '^src/features/scm/node/gitProcess\\.ts$' },
      { path: '(^|/)simple-git(/|$)' },
    ),
    forbid(
      'processes-in-their-places',
      'Processes are started in scm/node/gitProcess.ts, platform/node/runProgram.ts and techdocs/node/mkdocs.ts only.',
      {
        path: '^(src|webview)/',
        pathNot:
          '^src/(features/scm/node/gitProcess|platform/node/runProgram|features/techdocs/node/mkdocs)\\.ts$',
      },
      { path: '^(node:)?(child_process|cluster)$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'yaml-language-server-in-language',
      'yaml-language-server is imported in authoring/language and server only.',
      { path: '^(src|webview)/', pathNot: '^src/(features/authoring/language|server)/' },
      { path: '(^|/)yaml-language-server(/|$)' },
    ),
    forbid(
      'matchers-in-their-place',
      'Libraries for globs are imported in platform/core/globs only, which has them read patterns and matches these itself.',
      { path: '^(src|webview)/', pathNot: '^src/platform/core/globs/' },
      {
        path: '(^|node_modules/)(picomatch|brace-expansion|minimatch|micromatch|ignore|glob|globby|fast-glob|tinyglobby)(/|$)',
      },
    ),
    forbid(
      'no-development-dependencies',
      'What ships imports no development dependency, types aside.',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)@types/' },
    ),
    forbid(
      'no-unknown-modules',
      'Every import can be resolved to a file or a package of package.json.',
      { path: '^(src|webview)/' },
      { couldNotResolve: true, pathNot: ['^vscode$', '(^|/)generated/'] },
    ),

    // 4. Shape.
    forbid('no-cycles', 'No cycles.', { path: '^(src|webview)/' }, { circular: true }),
    ...rooms.map(room =>
      forbid(
        'doors',
        'Others import a room through its index.ts.',
        { path: '^(src|webview)/', pathNot: `^src/${room}/` },
        { path: `^src/${room}/`, pathNot: [...doors, '/vscode/(desktop|web)/'] },
      ),
    ),
    forbid(
      'doors-of-segments',
      'A feature imports the folders of others through their index.ts.',
      { path: '^src/features/([^/]+)/' },
      {
        path: '^src/features/[^/]+/(core|language|node|plugin|protocol|vscode)/',
        pathNot: ['^src/features/$1/', ...doors, '/vscode/(desktop|web)/'],
      },
    ),
    forbid(
      'no-other-barrels',
      'An index.ts is the door of a room; there are no others.',
      { path: '^src/' },
      { path: '^src/.*/index\\.ts$', pathNot: doors },
    ),
  ],
  options: {
    // Types count: an area that needs another's types depends on it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
