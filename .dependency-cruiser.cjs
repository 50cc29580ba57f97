// "Who may import whom", one rule per sentence. test/unit/architecture plants a violation of every
// rule and expects it to be reported under the rule's name.

/** Areas with one folder, one door. `core/<engine>` and `plugins/<id>` have rules of their own. */
const areas = ['base', 'model', 'api', 'language', 'protocol', 'node', 'server', 'vscode'];

/** Folders that run in any JavaScript host: the world comes in through ports. */
const editorIndependent = '^src/(base|model|api|core|language|plugins/[^/]+/(?!vscode/))';

/** The only places that know the editor: the path alone tells. */
const editorPlaces = ['^src/extension\\.ts$', '^src/vscode/', '^src/plugins/[^/]+/vscode/'];

/**
 * @param {string} name
 * @param {string} comment
 * @param {object} from
 * @param {object} to
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/**
 * A row of the table: what a folder may import of `src` and `webview`, besides itself.
 *
 * @param {string} folder
 * @param {string} mayImport as people say it
 * @param {string[]} allowed paths, as regular expressions
 */
const row = (folder, mayImport, allowed) =>
  forbid(
    `${folder}-imports`,
    `${folder} imports ${mayImport}.`,
    { path: `^src/${folder}/` },
    { path: '^(src|webview)/', pathNot: [`^src/${folder}/`, ...allowed] },
  );

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    // The table.
    row('base', 'nothing else of ours', []),
    row('model', 'base', ['^src/base/']),
    row('api', 'base and model', ['^src/(base|model)/']),
    row('core', 'base, model and api', ['^src/(base|model|api)/']),
    row('language', 'base, model, api and core', ['^src/(base|model|api|core)/']),
    row('protocol', 'base, model, api and core', ['^src/(base|model|api|core)/']),
    row('node', 'base, model and the ports of core', [
      '^src/(base|model)/',
      '^src/core/ports/index\\.ts$',
    ]),
    row('cli', 'core, api, node and server, with base and model', [
      '^src/(base|model|api|core|node|server)/',
    ]),
    row('server', 'language, core, protocol and node, with what these are built on', [
      '^src/(base|model|api|core|language|protocol|node)/',
    ]),
    row('vscode', 'core, api and protocol, with base and model (vscode/desktop: also node)', [
      '^src/(base|model|api|core|protocol|node)/',
    ]),
    forbid(
      'node-in-desktop-only',
      'Of vscode, only vscode/desktop imports node.',
      { path: '^src/vscode/', pathNot: '^src/vscode/desktop/' },
      { path: '^src/node/' },
    ),
    forbid(
      'desktop-from-the-root-only',
      'Only extension.ts imports vscode/desktop and vscode/web: the browser build swaps them there.',
      { path: '^(src|webview)/', pathNot: ['^src/extension\\.ts$', '^src/vscode/(desktop|web)/'] },
      { path: '^src/vscode/(desktop|web)/' },
    ),
    forbid(
      'protocol-takes-types',
      'protocol imports only types of api and core.',
      { path: '^src/protocol/' },
      { path: '^src/(api|core)/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'plugin-imports',
      'A plugin imports itself, api, base and model.',
      { path: '^src/plugins/([^/]+)/(?!vscode/)' },
      {
        path: '^(src|webview)/',
        pathNot: ['^src/(base|model|api)/', '^src/plugins/$1/(?!vscode/)'],
      },
    ),
    forbid(
      'plugin-editor-part-imports',
      "A plugin's vscode folder imports its own plugin, api, base, model, the shared prompts and the settings' reader.",
      { path: '^src/plugins/([^/]+)/vscode/' },
      {
        path: '^(src|webview)/',
        pathNot: [
          '^src/(base|model|api)/',
          '^src/plugins/$1/',
          '^src/vscode/quickInput/index\\.ts$',
          '^src/vscode/trust/index\\.ts$',
        ],
      },
    ),
    forbid(
      'webview-imports',
      'webview imports protocol, types of api, model and base.',
      { path: '^webview/' },
      { path: '^src/', pathNot: '^src/(protocol|api|model|base)/' },
    ),
    forbid(
      'webview-takes-types-of-api',
      'webview imports only types of api.',
      { path: '^webview/' },
      { path: '^src/api/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'nothing-imports-a-root',
      'extension.ts, cli.ts, worker.ts, searchWorker.ts and languageServer.ts import everything; nothing imports them.',
      {},
      { path: '^src/(extension|cli|worker|searchWorker|languageServer)\\.ts$' },
    ),

    forbid(
      'cli-from-its-root-only',
      'Only cli.ts imports cli/.',
      { path: '^(src|webview)/', pathNot: ['^src/cli\\.ts$', '^src/cli/'] },
      { path: '^src/cli/' },
    ),

    // 1. The editor.
    forbid(
      'vscode-in-its-places',
      'Only extension.ts, vscode/ and plugins/*/vscode/ import vscode.',
      { path: '^(src|webview)/', pathNot: editorPlaces },
      { path: '^(vscode|@types/vscode|node_modules/@types/vscode)(/|$)' },
    ),

    // 2. The world comes in through ports.
    forbid(
      'no-node-built-ins',
      'base, model, api, core, language and plugins use no Node built-ins, node: prefix or not.',
      { path: editorIndependent },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'no-node-built-ins-beside-the-editor',
      'Code for the editor runs on vscode.dev too: only vscode/desktop uses Node built-ins.',
      { path: [...editorPlaces, '^src/protocol/', '^webview/'], pathNot: '^src/vscode/desktop/' },
      { dependencyTypes: ['core'] },
    ),

    // 3. Libraries with one place.
    forbid(
      'simple-git-in-its-place',
      'simple-git is imported in node/gitProcess.ts only.',
      { path: '^(src|webview)/', pathNot: '^src/node/gitProcess\\.ts$' },
      { path: '(^|/)simple-git(/|$)' },
    ),
    forbid(
      'processes-in-their-places',
      'Processes are started in node/gitProcess.ts (git), node/runProgram.ts and node/mkdocs.ts only.',
      { path: '^(src|webview)/', pathNot: '^src/node/(gitProcess|runProgram|mkdocs)\\.ts$' },
      { path: '^(node:)?(child_process|cluster)$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'yaml-language-server-in-language',
      'yaml-language-server is imported in language/ and server/ only.',
      { path: '^(src|webview)/', pathNot: '^src/(language|server)/' },
      { path: '(^|/)yaml-language-server(/|$)' },
    ),
    forbid(
      'matchers-in-their-place',
      'Libraries for globs are imported in core/globs only, which has them read patterns and matches these itself.',
      { path: '^(src|webview)/', pathNot: '^src/core/globs/' },
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

    // 5. Shape.
    forbid('no-cycles', 'No cycles.', { path: '^(src|webview)/' }, { circular: true }),
    ...areas.map(area =>
      forbid(
        `door-of-${area}`,
        `Others import ${area} through its index.ts.`,
        { path: '^(src|webview)/', pathNot: `^src/${area}/` },
        {
          path: `^src/${area}/`,
          pathNot: `^src/${area}/((agents|annotations|desktop|differences|docs|forms|json|portal|presentation|quickInput|standalone|trust|web|validation)/)?index\\.ts$`,
        },
      ),
    ),
    forbid(
      'door-of-core',
      'Others import core through the index.ts of ports and of an engine.',
      { path: '^(src|webview)/', pathNot: '^src/core/' },
      {
        path: '^src/core/',
        pathNot: ['^src/core/[^/]+/((parts|withoutEngine)/)?index\\.ts$'],
      },
    ),
    forbid(
      'door-of-engines',
      'An engine of core imports another through its index.ts.',
      { path: '^src/core/([^/]+)/' },
      {
        path: '^src/core/[^/]+/',
        pathNot: ['^src/core/$1/', '^src/core/[^/]+/((parts|withoutEngine)/)?index\\.ts$'],
      },
    ),
    forbid(
      'door-of-plugins',
      'Others import a plugin through its index.ts, its editor part through vscode/index.ts.',
      { path: '^(src|webview)/', pathNot: '^src/plugins/' },
      { path: '^src/plugins/', pathNot: '^src/plugins/[^/]+/(vscode/)?index\\.ts$' },
    ),
    forbid(
      'no-other-barrels',
      'One index.ts per area is its door; there are no other barrels.',
      { path: '^src/' },
      {
        path: '^src/.*/index\\.ts$',
        pathNot: [
          `^src/(${areas.join('|')})/index\\.ts$`,
          '^src/vscode/(agents|desktop|quickInput|trust|web)/index\\.ts$',
          '^src/model/(annotations|differences|forms|json|presentation|validation)/index\\.ts$',
          '^src/language/docs/index\\.ts$',
          '^src/server/(docs|standalone)/index\\.ts$',
          '^src/protocol/(portal|validation)/index\\.ts$',
          '^src/core/[^/]+/index\\.ts$',
          '^src/core/catalog/(parts|withoutEngine)/index\\.ts$',
          '^src/plugins/[^/]+/(vscode/)?index\\.ts$',
        ],
      },
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
