import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inProject } from './project.mjs';

/** Minimum Node version of shipped code: major and minor. VS Code 1.101 has Node 22.15. */
export const OLDEST_NODE = '22.14';

/** Start of the command line's entry. Older versions of Node can parse it and return there. */
const launcherBanner = `#!/usr/bin/env node
{
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = '${OLDEST_NODE}'.split('.').map(Number);
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    console.error('callboard needs Node ${OLDEST_NODE} or newer, this is ' + process.versions.node + '.');
    process.exitCode = 2;
    return;
  }
}`;

/** CommonJS dependencies load Node's built-ins with `require`. */
const requireBanner =
  "const require=process.getBuiltinModule('module').createRequire(import.meta.url);";

/** Entry of the extension, in Node and in browsers. */
const extensionEntry = 'src/extension.ts';

/**
 * @param {{ production: boolean }} settings
 * @returns {import('esbuild').BuildOptions[]}
 */
export function productBuilds({ production }) {
  /** @type {import('esbuild').BuildOptions} */
  const shared = {
    absWorkingDir: inProject(),
    bundle: true,
    metafile: true,
    sourcemap: production ? false : 'linked',
    minify: production,
    // Names in stack traces help during development. In shipped code, they add a tenth to its size.
    keepNames: !production,
    // They are in ThirdPartyNotices.txt, which `npm run check` verifies.
    legalComments: 'none',
    logLevel: 'warning',
    // The ESM builds of dependencies can be tree-shaken.
    mainFields: ['module', 'main'],
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  };
  /** @type {import('esbuild').BuildOptions} */
  const node = {
    ...shared,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    // Modules imported with `import()` are loaded on first use.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: `node${OLDEST_NODE}`,
    external: ['vscode'],
    // simple-git would log with it if the editor's environment says so.
    alias: {
      debug: inProject('src', 'platform', 'node', 'silentDebug.ts'),
      // The package declares its ES modules for browsers only.
      yaml: inProject('node_modules', 'yaml', 'browser', 'index.js'),
    },
    banner: { js: requireBanner },
  };
  return [
    {
      // A separate build: a chunk shared with the command line would make every window load another file.
      ...node,
      entryPoints: [extensionEntry],
      plugins: [leftOut, oneChunkAtOnce, noCommonJsOnDemand, requireWhereUsed],
    },
    {
      ...node,
      ...serverBundleOptions,
      entryPoints: ['src/cli.ts', 'src/worker.ts', 'src/searchWorker.ts', 'src/languageServer.ts'],
    },
    {
      // Apart from the others, whose chunks would grow by what it alone uses.
      ...node,
      ...serverBundleOptions,
      entryPoints: ['src/pluginWorker.ts', 'src/modelExporter.ts'],
    },
    {
      // VS Code's Markdown preview calls it without waiting, so it uses `require` instead of `import()`.
      ...shared,
      entryPoints: ['src/features/techdocs/core/preview/extendMarkdownIt.ts'],
      outfile: 'dist/markdownPreview.js',
      platform: /** @type {const} */ ('node'),
      format: /** @type {const} */ ('cjs'),
      target: `node${OLDEST_NODE}`,
    },
    {
      // For vscode.dev. On this platform, esbuild knows no Node built-ins, so the build fails if shared code imports
      // one.
      ...shared,
      entryPoints: [extensionEntry],
      outfile: 'dist/browser/extension.js',
      platform: /** @type {const} */ ('browser'),
      format: /** @type {const} */ ('cjs'),
      target: 'es2022',
      external: ['vscode'],
      mainFields: ['browser', 'module', 'main'],
      // Replaces Node features that dependencies check for, and removes the code behind them.
      define: { ...shared.define, process: 'undefined' },
      inject: ['src/platform/vscode/web/buffer.ts'],
      plugins: [leftOut, webInsteadOfDesktop, withoutPrograms, withoutStreams],
    },
    {
      // The apps of the webviews, with the icons that they and their style sheets use.
      ...shared,
      entryPoints: [
        { in: 'webview/portal/main.ts', out: 'portal' },
        { in: 'webview/portal/portal.css', out: 'portal' },
        // Scripts of built documentation sites. Diagrams use the portal's code.
        { in: 'webview/site/main.ts', out: 'site' },
        { in: 'webview/site/site.css', out: 'site' },
        { in: 'webview/markdownPreview/preview.css', out: 'markdownPreview' },
        { in: 'webview/markdownPreview/diagrams.ts', out: 'markdownPreviewDiagrams' },
        { in: 'node_modules/@vscode/codicons/dist/codicon.css', out: 'codicon' },
      ],
      outdir: 'dist/webview',
      chunkNames: 'chunks/[name]-[hash]',
      assetNames: '[name]-[hash]',
      loader: { '.ttf': 'file' },
      plugins: [workersAsTexts(production), noCommonJsOnDemand],
      splitting: true,
      platform: /** @type {const} */ ('browser'),
      format: /** @type {const} */ ('esm'),
      target: 'es2022',
      mainFields: ['browser', 'module', 'main'],
    },
    {
      // For VS Code's Markdown preview, whose scripts are not modules.
      ...shared,
      entryPoints: ['webview/markdownPreview/preview.ts'],
      outfile: 'dist/webview/markdownPreview.js',
      platform: /** @type {const} */ ('browser'),
      format: /** @type {const} */ ('iife'),
      target: 'es2022',
    },
    {
      // The launcher that users and `bin` run. Its name never changes.
      ...shared,
      entryPoints: ['src/launcher.ts'],
      outfile: 'dist/cli.js',
      platform: /** @type {const} */ ('node'),
      format: /** @type {const} */ ('cjs'),
      target: 'es2017',
      supported: { 'dynamic-import': true },
      plugins: [programBeside],
      banner: { js: launcherBanner },
      sourcemap: false,
    },
  ];
}

/**
 * Makes the launcher load the program from the file beside it.
 *
 * @type {import('esbuild').Plugin}
 */
const programBeside = {
  name: 'program-beside',
  setup(build) {
    build.onResolve({ filter: /^\.\/cli$/ }, () => ({ path: './cli.mjs', external: true }));
  },
};

const throwing = `throw new Error('This is left out of the bundle');`;

/**
 * Removes unused parts of libraries: reading of files in isbinaryfile; the URI resolver, keywords of later drafts and
 * of OpenAPI, formats, and the quadratic `uniqueItems` of ajv; picomatch's scanner; the JSON schema of yaml; the second
 * YAML parser and the readers of the `$ref` bundler; the schema compiler of the MCP SDK; notebooks and the module finder
 * of vscode-languageserver.
 *
 * @type {import('esbuild').Plugin}
 */
const leftOut = {
  name: 'left-out',
  setup(build) {
    const importers = /[\\/]node_modules[\\/](ajv|@apidevtools[\\/]json-schema-ref-parser)[\\/]/;
    const unused = /^fast-uri$|^\.\/(parsers\/yaml|resolvers\/(file|http)|dereference)\.js$/;
    build.onResolve({ filter: unused }, ({ importer }) =>
      importers.test(importer) ? { path: inProject('scripts', 'lib', 'nothing.mjs') } : undefined,
    );
    // Their importers use these only for options and methods that Callboard doesn't use.
    const uncalled = /^\.\/(scan|prefixItems|items2020|vocabularies\/discriminator)$/;
    const callers = /[\\/]node_modules[\\/](ajv|picomatch)[\\/]/;
    const namespace = 'left-out';
    build.onResolve({ filter: uncalled }, ({ importer }) =>
      callers.test(importer) ? { path: 'uncalled', namespace } : undefined,
    );
    build.onLoad({ filter: /^uncalled$/, namespace }, () => ({
      contents: `module.exports = () => { ${throwing} }; module.exports.default = module.exports;`,
    }));
    // No reader of YAML selects the JSON schema.
    build.onResolve({ filter: /^\.\/json\/schema\.js$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]yaml[\\/]/.test(importer)
        ? { path: 'jsonSchema', namespace }
        : undefined,
    );
    build.onLoad({ filter: /^jsonSchema$/, namespace }, () => ({
      contents: `const fail = () => { ${throwing} }; export const schema = { slice: fail, concat: fail };`,
    }));
    // Formats aren't validated.
    build.onResolve({ filter: /^\.\/format$/ }, ({ importer }) =>
      /[\\/]ajv[\\/]dist[\\/]vocabularies[\\/]format[\\/]/.test(importer)
        ? { path: 'format', namespace }
        : undefined,
    );
    build.onLoad({ filter: /^format$/, namespace }, () => ({
      contents: `exports.default = {
        keyword: 'format',
        code({ it }) { if (it.opts.validateFormats) { ${throwing} } },
      };`,
    }));
    // `compileKindSchema` replaces it.
    build.onResolve({ filter: /^\.\/uniqueItems$/ }, ({ importer }) =>
      callers.test(importer) ? { path: 'uniqueItems', namespace } : undefined,
    );
    build.onLoad({ filter: /^uniqueItems$/, namespace }, () => ({
      contents: `exports.default = { keyword: 'uniqueItems', compile() { ${throwing} } };`,
    }));
    // Mixins of the language server for requests that it doesn't answer, and unused functions.
    const unanswered = /^\.\/(files|notebook|inlineValue|moniker)$/;
    build.onResolve({ filter: unanswered }, ({ importer }) =>
      /[\\/]vscode-languageserver[\\/]lib[\\/]/.test(importer)
        ? { path: 'unanswered', namespace }
        : undefined,
    );
    build.onLoad({ filter: /^unanswered$/, namespace }, () => ({
      contents: `const same = Base => Base;
        Object.assign(exports, { NotebookSyncFeature: same, InlineValueFeature: same, MonikerFeature: same });`,
    }));
    // Naming `Headers` makes Node load its whole HTTP client. Callboard passes none to the bundler.
    build.onLoad(
      { filter: /json-schema-ref-parser[\\/]dist[\\/]lib[\\/]options\.js$/ },
      ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const test = 'typeof Headers !== "undefined"';
        if (!text.includes(test)) throw new Error(`${path} no longer has: ${test}`);
        return { contents: text.replace(test, 'false') };
      },
    );
    // The visitor of syntax trees sets properties of a function, which looks like a side effect.
    build.onResolve({ filter: /^\.\/cst-visit\.js$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: false,
    }));
    build.onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, () => ({
      path: inProject('scripts', 'lib', 'mcpShims.mjs'),
    }));
    build.onResolve({ filter: /^(fs|util)$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]isbinaryfile[\\/]/.test(importer)
        ? { path: inProject('scripts', 'lib', 'noFiles.mjs') }
        : undefined,
    );
    build.onResolve({ filter: /^domutils$/ }, () => ({
      path: inProject('scripts', 'lib', 'noDomUtils.mjs'),
    }));
  },
};

/**
 * Imports `./name?worker` as the bundled script of a worker, as text: webviews can start workers only from blobs. The
 * text is in the chunk that imports it.
 *
 * @param {boolean} production
 * @returns {import('esbuild').Plugin}
 */
function workersAsTexts(production) {
  return {
    name: 'workers-as-texts',
    setup(build) {
      const namespace = 'worker';
      build.onResolve({ filter: /\?worker$/ }, ({ path, resolveDir }) => ({
        path: `${join(resolveDir, path.slice(0, -'?worker'.length))}.ts`,
        namespace,
      }));
      build.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
        const options = workerBuild(path, production);
        const { outputFiles = [], metafile } = await build.esbuild.build({
          ...options,
          write: false,
          metafile: true,
        });
        return {
          contents: `export const script = ${JSON.stringify(outputFiles[0]?.text ?? '')};`,
          watchFiles: Object.keys(metafile?.inputs ?? {}).map(file => inProject(file)),
        };
      });
    },
  };
}

/**
 * @param {string} path of the worker's source
 * @param {boolean} production
 * @returns {import('esbuild').BuildOptions}
 */
export function workerBuild(path, production) {
  return {
    absWorkingDir: inProject(),
    entryPoints: [path],
    bundle: true,
    minify: production,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    mainFields: ['browser', 'module', 'main'],
    // See `productBuilds`.
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/**
 * Parts of yaml-language-server that the structure service doesn't use, by import path. CommonJS is imported as in
 * Node: `default` contains all exports, and has its own `default`.
 */
const leftOutOfStructure = new Map([
  // Messages of ajv in 20 languages; the service speaks English.
  ['ajv-i18n', 'const all = { en: () => {} }; all.default = all; export default all;'],
  // Validation of schemas themselves, which would cost a sixth of a second and as much code again for better messages
  // about untrusted schemas. The service requests a validator per draft.
  ['ajv', anySchema('http://json-schema.org/draft-07/schema')],
  ['ajv-draft-04', anySchema('http://json-schema.org/draft-04/schema')],
  ['ajv/dist/2019.js', anySchema('https://json-schema.org/draft/2019-09/schema')],
  ['ajv/dist/2020.js', anySchema('https://json-schema.org/draft/2020-12/schema')],
  // For renaming, which is tree-shaken. This CommonJS module isn't.
  [
    'vscode-languageserver-protocol',
    'export class ResponseError extends Error {}; export const ErrorCodes = {};',
  ],
  // Requests between the service and its own client, with a second copy of the protocol's libraries.
  ['../languageserver/handlers/schemaSelectionHandlers.js', 'export class JSONSchemaSelection {}'],
]);

/** @param {string} draft the URI of the one that every schema fits */
function anySchema(draft) {
  return `export default class Ajv { static default = Ajv; defaultMeta() { return '${draft}'; } getSchema() { return () => true; } }`;
}

/** Packages that yaml-language-server has in other versions of the same API. */
const sharedWithStructure = ['yaml', 'vscode-languageserver-types'];

/**
 * @type {import('esbuild').Plugin}
 */
const leanStructure = {
  name: 'lean-structure',
  setup(build) {
    const importers = /[\\/]node_modules[\\/]yaml-language-server[\\/]out[\\/]/;
    const namespace = 'left-out-of-structure';
    build.onResolve({ filter: /.*/ }, ({ path, importer, kind, pluginData }) => {
      if (pluginData === namespace || !importers.test(importer)) return undefined;
      if (leftOutOfStructure.has(path)) return { path, namespace };
      if (!sharedWithStructure.includes(path)) return undefined;
      return build.resolve(path, { kind, resolveDir: inProject(), pluginData: namespace });
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: leftOutOfStructure.get(path) ?? '',
    }));
  },
};

/**
 * Fails the build if a split bundle imports a CommonJS package with `import()`: esbuild's chunk exports only `default`,
 * so the named exports would be undefined.
 *
 * @type {import('esbuild').Plugin}
 */
const noCommonJsOnDemand = {
  name: 'no-common-js-on-demand',
  setup(build) {
    build.onEnd(({ metafile }) => {
      const inputs = metafile?.inputs ?? {};
      const errors = Object.entries(inputs).flatMap(([importer, { imports }]) =>
        imports
          .filter(({ kind, path }) => kind === 'dynamic-import' && inputs[path]?.format === 'cjs')
          .map(({ path }) => ({
            text: `${importer} imports ${path} by import(), and it is CommonJS. Import it statically in a module of its own, and that module by import().`,
          })),
      );
      // esbuild doesn't print errors of this phase.
      for (const { text } of errors) console.error(text);
      return { errors };
    });
  },
};

/**
 * Removes the definition of `require` from modules that don't use it: esbuild adds the banner to all of them. Its line
 * stays, which source maps count. Writes the files itself, because builds that run at the same time write equal chunks.
 *
 * @type {import('esbuild').Plugin}
 */
const requireWhereUsed = {
  name: 'require-where-used',
  setup(build) {
    const { write = true, absWorkingDir = '' } = build.initialOptions;
    build.initialOptions.write = false;
    build.onEnd(({ metafile, outputFiles = [] }) => {
      for (const file of outputFiles) {
        const code = file.text.slice(requireBanner.length);
        if (file.text.startsWith(requireBanner) && !/\brequire\b/.test(code)) {
          file.contents = new TextEncoder().encode(code);
          const output =
            metafile?.outputs[relative(absWorkingDir, file.path).replaceAll('\\', '/')];
          if (output) output.bytes = file.contents.length;
        }
        if (!write) continue;
        mkdirSync(dirname(file.path), { recursive: true });
        writeFileSync(file.path, file.contents);
      }
    });
  },
};

/**
 * Plugins for a bundle with the structure service of `src/features/authoring/language`. Without them,
 * yaml-language-server adds schema compilers and second copies of libraries.
 *
 * @type {Required<Pick<import('esbuild').BuildOptions, 'plugins' | 'mainFields'>>}
 */
export const serverBundleOptions = {
  plugins: [leftOut, leanStructure, noCommonJsOnDemand, requireWhereUsed],
  mainFields: ['module', 'main'],
};

/**
 * Puts all code that the entry loads at startup into one chunk. esbuild creates a chunk for each set of entries and
 * `import()`s that reach the same modules, which splits startup code into many files. Here, every module that is
 * imported with `import()` also imports the entry, which is already loaded, so all startup code is reached from
 * everywhere.
 *
 * @type {import('esbuild').Plugin}
 */
const oneChunkAtOnce = {
  name: 'one-chunk-at-once',
  setup(build) {
    const namespace = 'loaded-later';
    build.onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      // Packages share no code with the entry, and may export `default`, which `export *` drops.
      if (kind !== 'dynamic-import' || !path.startsWith('.')) return undefined;
      if (pluginData === namespace) return undefined;
      const options = { kind, importer, resolveDir, pluginData: namespace };
      const found = await build.resolve(path, options);
      return found.external || found.errors.length ? found : { path: found.path, namespace };
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      // `export *` drops `default`, which no module of ours exports.
      contents: `import * as entry from ${JSON.stringify(inProject(extensionEntry))}; export * from ${JSON.stringify(path)};`,
      resolveDir: inProject(),
    }));
  },
};

/**
 * One `src/extension.ts` serves both hosts. Desktop and remote hosts use `src/desktop.ts`; the browser build replaces
 * it with `src/web.ts`. Both have the same exports.
 *
 * @type {import('esbuild').Plugin}
 */
const webInsteadOfDesktop = {
  name: 'web-instead-of-desktop',
  setup(build) {
    build.onResolve({ filter: /^\.\/desktop$/ }, ({ resolveDir }) =>
      resolveDir === inProject('src') ? { path: inProject('src', 'web.ts') } : undefined,
    );
  },
};

/**
 * Removes code that is loaded only with git and programs, which browsers don't have.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutPrograms = {
  name: 'without-programs',
  setup(build) {
    build.onResolve({ filter: /^\.\/(git\/gitSource|commandLineTasks|exportModel)$/ }, () => ({
      path: inProject('scripts', 'lib', 'nothing.mjs'),
    }));
    const namespace = 'without-programs';
    build.onResolve({ filter: /^\.\/diagramPrograms$/ }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /.*/, namespace }, () => ({
      contents: `export function drawingCommand() { ${throwing} } export const plantumlVersion = drawingCommand;`,
    }));
  },
};

/**
 * Leaves out the parts of vscode-jsonrpc for streams and shared memory: webviews exchange whole messages.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutStreams = {
  name: 'without-streams',
  setup(build) {
    const namespace = 'without-streams';
    build.onResolve(
      { filter: /^\.\/(messageBuffer|semaphore|sharedArrayCancellation)$/ },
      ({ importer }) =>
        /[\\/]vscode-jsonrpc[\\/]lib[\\/]/.test(importer)
          ? { path: 'unread', namespace }
          : undefined,
    );
    build.onLoad({ filter: /.*/, namespace }, () => ({
      contents: `class Unread { constructor() { ${throwing} } }
        exports.AbstractMessageBuffer = exports.Semaphore = Unread;`,
    }));
  },
};

/**
 * One bundle per folder of test/host, and the entry that VS Code calls, which loads the bundles of a window.
 *
 * @returns {import('esbuild').BuildOptions[]}
 */
export function hostTestBuilds() {
  const entry = {
    ...testBundle('host', 'entry'),
    entryPoints: ['test/host/entry.ts'],
  };
  const suites = foldersOf('host').map(name => ({
    ...testBundle('host', name),
    stdin: allTests('host', name, load => `export const load = ${load};`),
  }));
  return [entry, ...suites].map(options => ({
    ...options,
    platform: /** @type {const} */ ('node'),
    target: `node${OLDEST_NODE}`,
    mainFields: ['module', 'main'],
    // mocha loads parts of itself by name, which bundlers don't detect.
    external: ['vscode', 'mocha'],
  }));
}

/**
 * One bundle per folder of test/web. Code that tests of both hosts share uses two Node modules, which have stand-ins
 * here. A third one fails the build.
 *
 * @returns {import('esbuild').BuildOptions[]}
 */
export function webTestBuilds() {
  return foldersOf('web').map(name => ({
    ...testBundle('web', name),
    stdin: allTests('web', name, load =>
      [
        `import { runInBrowser } from '../entry';`,
        `export const run = () => runInBrowser('${name}', ${load});`,
      ].join('\n'),
    ),
    platform: /** @type {const} */ ('browser'),
    target: 'es2022',
    mainFields: ['browser', 'module', 'main'],
    external: ['vscode'],
    alias: {
      'node:assert/strict': inProject('test', 'web', 'support', 'assert.ts'),
      'mocha/mocha.js': inProject('node_modules', 'mocha', 'mocha.js'),
      mocha: inProject('test', 'web', 'support', 'mocha.ts'),
    },
    // Otherwise, mocha's script would use the exports of the bundle.
    define: { module: 'undefined' },
  }));
}

/** @param {'host' | 'web'} kind */
function foldersOf(kind) {
  const folder = inProject('test', kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'support')
    .map(({ name }) => name);
}

/**
 * Returns source text that loads all tests of a folder.
 *
 * @param {'host' | 'web'} kind
 * @param {string} name
 * @param {(load: string) => string} exporting gives the text that exports a function
 * @returns {import('esbuild').StdinOptions}
 */
function allTests(kind, name, exporting) {
  const folder = inProject('test', kind, name);
  const files = readdirSync(folder).filter(file => file.endsWith('.test.ts'));
  const requires = files.map(file => `require('./${file.slice(0, -'.ts'.length)}');`);
  return {
    resolveDir: folder,
    sourcefile: `test/${kind}/${name}/all.ts`,
    loader: 'ts',
    contents: exporting(`() => { ${requires.join(' ')} }`),
  };
}

/**
 * @param {'host' | 'web'} kind
 * @param {string} name
 * @returns {import('esbuild').BuildOptions}
 */
const testBundle = (kind, name) => ({
  absWorkingDir: inProject(),
  outfile: `out/test/${kind}/${name}.js`,
  bundle: true,
  sourcemap: 'inline',
  format: 'cjs',
  logLevel: 'warning',
});

/**
 * Extensions that in-host tests install beside Callboard, each bundled into its own dist/.
 *
 * @returns {import('esbuild').BuildOptions[]}
 */
export function testExtensionBuilds() {
  return testExtensionNames().map(name => ({
    absWorkingDir: inProject('test', 'fixtures', 'extensions', name),
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    bundle: true,
    sourcemap: /** @type {const} */ ('inline'),
    platform: /** @type {const} */ ('node'),
    format: /** @type {const} */ ('cjs'),
    target: `node${OLDEST_NODE}`,
    external: ['vscode'],
    logLevel: /** @type {const} */ ('warning'),
  }));
}

export function testExtensionNames() {
  const folder = inProject('test', 'fixtures', 'extensions');
  return readdirSync(folder).filter(name => existsSync(join(folder, name, 'tsconfig.json')));
}
