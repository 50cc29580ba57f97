import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { productBuilds } from '../../../scripts/lib/bundles.mjs';
import { packageMetafiles } from '../../../scripts/lib/packageExtension.mjs';

type Output = Metafile['outputs'][string];

/**
 * Outputs for Node, or for webviews, of the build that ships, among which is the bundle of an entry.
 * The bundle of the extension for browsers has the same entry as that for Node.
 */
async function outputsOf(entry: string): Promise<Metafile['outputs']> {
  const found = (await packageMetafiles()).find(({ outputs }) => {
    const path = pathOfEntry(outputs, entry);
    return path !== undefined && !path.startsWith('dist/browser/');
  });
  return found?.outputs ?? {};
}

describe('omitted parts of libraries', () => {
  it('are in no bundle', async () => {
    const parts =
      /\/(scan|discriminator\/\w+|prefixItems|items2020|uniqueItems|format\/format|json\/schema)\.js$/;
    const inputs = (await packageMetafiles()).flatMap(({ outputs }) =>
      Object.values(outputs).flatMap(output => Object.keys(output.inputs)),
    );
    expect(inputs).toContain('node_modules/picomatch/lib/parse.js');
    expect(inputs).toContain('node_modules/ajv/dist/vocabularies/applicator/items.js');
    const ofLibraries = inputs.filter(path => /^node_modules\/(ajv|picomatch|yaml)\//.test(path));
    expect(ofLibraries.filter(path => parts.test(path))).toEqual([]);
  });

  it.each([
    ['picomatch.scan("a/*")', 'left out of the bundle'],
    ['new Ajv({ discriminator: true })', 'invalid addKeywords parameters'],
    ['new Ajv2020()', 'invalid addKeywords parameters'],
    [
      'new Ajv({ uriResolver, meta: false }).compile({ uniqueItems: true })',
      'left out of the bundle',
    ],
    ['new Ajv({ uriResolver, meta: false }).compile({ format: "date" })', 'left out of the bundle'],
    ['yaml.parse("a", { schema: "json" })', 'left out of the bundle'],
  ])('throw when %s uses them', async (call, message) => {
    const contents = `
      const picomatch = require('picomatch/posix');
      const yaml = require('yaml');
      const { Ajv } = require('ajv');
      const { Ajv2020 } = require('ajv/dist/2020');
      const uriResolver = { parse: () => ({}), resolve: base => base, serialize: () => '' };
      exports.run = () => ${call};`;
    const [shipped] = productBuilds({ production: true });
    const plugins = shipped?.plugins?.filter(({ name }) => name === 'left-out') ?? [];
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: process.cwd() },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      write: false,
      plugins,
    });
    const module = { exports: {} as { run(): unknown } };
    const parameters = ['module', 'exports', 'require'];
    const load = compileFunction(outputFiles[0]?.text ?? '', parameters);
    load(module, module.exports, createRequire(import.meta.url));
    expect(() => module.exports.run()).toThrow(message);
  });
});

describe('bundle for an extension host with Node', () => {
  let outputs: Metafile['outputs'] = {};
  let entry = '';

  beforeAll(async () => {
    outputs = await outputsOf('src/extension.ts');
    entry = pathOfEntry(outputs, 'src/extension.ts') ?? '';
  });

  it('loads its entry, one chunk and esbuild’s helpers at start, below 200 kB', () => {
    const atOnce = reached(outputs, entry, ['import-statement']);
    expect(atOnce).toHaveLength(3);
    expect(size(atOnce)).toBeLessThan(200_000);
  });

  it('loads parsers, validators and compilers on demand', () => {
    const inputs = reached(outputs, entry, ['import-statement']).flatMap(output =>
      Object.keys(output.inputs),
    );
    const heavy = [
      'node_modules/yaml/',
      'node_modules/ajv/',
      'src/model/generated/validators.js',
      'src/features/templates/core/',
      'src/features/techdocs/core/markdown/',
      'node_modules/markdown-it/',
    ];
    expect(inputs.filter(path => heavy.some(part => path.includes(part)))).toEqual([]);
  });

  it('stays below 852 kB without features that are loaded on demand', () => {
    const isAside = ({ inputs }: Output): boolean =>
      Object.keys(inputs).some(path => areas.some(isOf => isOf(path)));
    const aside = [isOfClient, isOfPortal, isOfDocs, isOfTemplates, isOfPublishing, isOfDrift];
    aside.push(isOfInstances, isOfMarkdown, isOfLayers, isOfDeclared, isOfReleases, isOfOthers);
    const areas = [...aside, isOfSearch, isOfAgents, isOfSources, isOfImport, isOfModelExport];
    const others = Object.fromEntries(
      Object.entries(outputs).filter(([, output]) => !isAside(output)),
    );
    expect(size(reachedLater(others))).toBeLessThan(852_000);
    expect(Object.keys(others).length).toBeLessThan(Object.keys(outputs).length);
  });

  it('loads less than 400 kB with the portal', () => {
    const withoutPortal = Object.fromEntries(
      Object.entries(outputs).filter(([, { inputs }]) => !Object.keys(inputs).some(isOfPortal)),
    );
    const all = size(reachedLater(outputs));
    const others = size(reachedLater(withoutPortal));
    expect(all - others).toBeGreaterThan(20_000);
    expect(all - others).toBeLessThan(400_000);
  });

  it('loads less than 450 kB with the documentation sites and their pages', () => {
    const docs = ofArea(path => isOfDocs(path) || isOfMarkdown(path));
    const languages = docs.filter(({ entryPoint }) => entryPoint?.includes('/highlight.js/'));
    const sites = docs.filter(output => !languages.includes(output));
    expect(size(sites)).toBeGreaterThan(100_000);
    expect(size(sites)).toBeLessThan(450_000);
    // Without the rendering of pages.
    expect(
      size(sites.filter(({ inputs }) => !Object.keys(inputs).some(isOfMarkdown))),
    ).toBeLessThan(150_000);
    // Each is loaded when a page has code in it.
    expect(languages.length).toBeGreaterThan(30);
    for (const language of languages) expect(language.exports).toEqual(['default']);
  });

  it('loads less than 190 kB with templates, besides data about actions', () => {
    const isApart = ({ inputs }: Output): boolean =>
      [...fetching, ...workingOut].some(path => Object.hasOwn(inputs, path));
    const others = ofArea(isOfTemplates).filter(output => !isApart(output));
    const data = others
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([path]) => DATA.includes(path))
      .reduce((total, [, { bytesInOutput }]) => total + bytesInOutput, 0);
    expect(data).toBeGreaterThan(10_000);
    expect(data).toBeLessThan(45_000);
    expect(size(others) - data).toBeLessThan(190_000);
  });

  it('runs templates in a thread, and loads fetching and publishing on demand', () => {
    const having = (paths: readonly string[]): readonly Output[] =>
      Object.values(outputs).filter(({ inputs }) =>
        paths.some(path => Object.hasOwn(inputs, path)),
      );
    expect(having(workingOut)).toHaveLength(1);
    expect(size(having(workingOut))).toBeLessThan(200_000);
    expect(having(fetching)).toHaveLength(2);
    expect(size(having(fetching))).toBeLessThan(30_000);
    expect(ofArea(isOfPublishing).length).toBeGreaterThan(2);
    expect(size(ofArea(isOfPublishing))).toBeLessThan(60_000);
    const [tools = ''] = Object.keys(outputs).filter(path =>
      Object.hasOwn(outputs[path]?.inputs ?? {}, TEMPLATES),
    );
    const atOnce = reached(outputs, tools, ['import-statement']);
    expect(atOnce.length).toBeGreaterThan(1);
    const inputs = atOnce.flatMap(output => Object.keys(output.inputs));
    const later = [
      ...fetching,
      ...workingOut,
      'src/features/scaffolder/core/publish/publication.ts',
    ];
    expect(inputs.filter(path => later.includes(path) || path.includes('/jsonschema/'))).toEqual(
      [],
    );
  });

  it('loads less than 20 kB more to run templates on a Backstage', () => {
    expect(size(ofArea(isOfInstances))).toBeGreaterThan(2_000);
    expect(size(ofArea(isOfInstances))).toBeLessThan(20_000);
  });

  it('loads less than 40 kB more to update projects from templates', () => {
    const drift = Object.values(outputs).filter(({ inputs }) =>
      Object.keys(inputs).some(isOfDrift),
    );
    expect(size(drift)).toBeGreaterThan(10_000);
    expect(size(drift)).toBeLessThan(40_000);
  });

  it('loads less than 55 kB for search, and the engine only without a thread', () => {
    const isEngine = ({ inputs }: Output): boolean => Object.hasOwn(inputs, ENGINE);
    const others = ofArea(isOfSearch).filter(output => !isEngine(output));
    expect(size(others)).toBeGreaterThan(5_000);
    expect(size(others)).toBeLessThan(55_000);
    expect(size(Object.values(outputs).filter(isEngine))).toBeLessThan(75_000);
  });

  it('loads less than 30 kB for agents, most of it on their first request', () => {
    const agents = ofArea(isOfAgents);
    const beforehand = agents.filter(({ inputs }) =>
      Object.hasOwn(inputs, 'src/features/agents/vscode/agents.ts'),
    );
    expect(size(beforehand)).toBeGreaterThan(1_000);
    expect(size(beforehand)).toBeLessThan(5_000);
    expect(size(agents)).toBeGreaterThan(10_000);
    expect(size(agents)).toBeLessThan(30_000);
  });

  it('loads less than 50 kB for imports', () => {
    expect(size(ofArea(isOfImport))).toBeGreaterThan(20_000);
    expect(size(ofArea(isOfImport))).toBeLessThan(50_000);
  });

  it('loads less than 7 kB to export a catalog model', () => {
    expect(size(ofArea(isOfModelExport))).toBeGreaterThan(2_000);
    expect(size(ofArea(isOfModelExport))).toBeLessThan(7_000);
  });

  it('loads less than 40 kB for sign-in, on demand', () => {
    const later = ofArea(isOfSignIn);
    expect(size(later)).toBeGreaterThan(10_000);
    expect(size(later)).toBeLessThan(40_000);
    const [sources = ''] = Object.keys(outputs).filter(path =>
      Object.hasOwn(outputs[path]?.inputs ?? {}, 'src/features/sources/vscode/openSources.ts'),
    );
    const withSources = reached(outputs, sources, ['import-statement']);
    expect(withSources.length).toBeGreaterThan(0);
    expect(withSources.filter(output => later.includes(output))).toEqual([]);
  });

  it('loads less than 10 kB for wildcards in git sources, on demand', () => {
    const later = ofArea(isOfWildcards);
    expect(size(later)).toBeGreaterThan(3000);
    expect(size(later)).toBeLessThan(10_000);
    const withSources = Object.keys(outputs).filter(path =>
      Object.hasOwn(outputs[path]?.inputs ?? {}, 'src/features/sources/core/url/urlSource.ts'),
    );
    expect(withSources.length).toBeGreaterThan(0);
    const atOnce = withSources.flatMap(path => reached(outputs, path, ['import-statement']));
    expect(atOnce.filter(output => later.includes(output))).toEqual([]);
  });

  it('loads less than 20 kB for archives, on demand', () => {
    const archives = ofArea(isOfArchives);
    expect(size(archives)).toBeGreaterThan(10_000);
    expect(size(archives)).toBeLessThan(20_000);
    const sources = Object.entries(outputs).flatMap(([path, { inputs }]) =>
      Object.keys(inputs).includes('src/features/sources/core/url/patternFiles.ts') ? [path] : [],
    );
    const withSources = sources.flatMap(path => reached(outputs, path, ['import-statement']));
    expect(withSources).not.toEqual([]);
    expect(withSources.filter(output => archives.includes(output))).toEqual([]);
  });

  it('loads less than 60 kB for layers of the catalog model, on demand', () => {
    const layers = ofArea(isOfLayers);
    expect(size(layers)).toBeGreaterThan(20_000);
    expect(size(layers)).toBeLessThan(60_000);
    const beforehand = Object.keys(outputs).filter(path =>
      Object.keys(outputs[path]?.inputs ?? {}).some(input => READING.includes(input)),
    );
    expect(beforehand.length).toBeGreaterThan(0);
    const atOnce = beforehand.flatMap(path => reached(outputs, path, ['import-statement']));
    expect(atOnce.filter(output => layers.includes(output))).toEqual([]);
  });

  it('loads less than 20 kB for the rules of Backstage releases, on demand', () => {
    const releases = ofArea(isOfReleases);
    expect(size(releases)).toBeGreaterThan(5_000);
    expect(size(releases)).toBeLessThan(20_000);
    const atOnce = reached(outputs, entry, ['import-statement']);
    expect(atOnce.filter(output => releases.includes(output))).toEqual([]);
  });

  it('loads less than 30 kB for the code of other plugins and the Plugins view, on demand', () => {
    const others = ofArea(isOfOthers);
    expect(size(others)).toBeGreaterThan(10_000);
    expect(size(others)).toBeLessThan(30_000);
    const atOnce = reached(outputs, entry, ['import-statement']);
    expect(atOnce.filter(output => others.includes(output))).toEqual([]);
  });

  it('loads less than 50 kB for plugins without code, on demand', () => {
    const plugins = ofArea(isOfDeclared);
    expect(size(plugins)).toBeGreaterThan(20_000);
    expect(size(plugins)).toBeLessThan(50_000);
    const atOnce = reached(outputs, entry, ['import-statement']);
    expect(atOnce.filter(output => plugins.includes(output))).toEqual([]);
  });

  it('loads less than 280 kB for sources and a running Backstage, on demand', () => {
    const aside = [isOfSignIn, isOfWildcards, isOfArchives].flatMap(ofArea);
    const sources = ofArea(isOfSources).filter(output => !aside.includes(output));
    expect(size(sources)).toBeGreaterThan(50_000);
    expect(size(sources)).toBeLessThan(280_000);
    const atOnce = reached(outputs, entry, ['import-statement']);
    expect(atOnce.filter(output => sources.includes(output))).toEqual([]);
  });

  function ofArea(isOf: (path: string) => boolean): readonly Output[] {
    return Object.values(outputs).filter(({ inputs }) => Object.keys(inputs).some(isOf));
  }

  function reachedLater(among: Metafile['outputs']): readonly Output[] {
    return reached(among, entry, ['import-statement', 'dynamic-import']);
  }
});

describe('bundle of the language server', () => {
  let outputs: Metafile['outputs'] = {};

  beforeAll(async () => {
    outputs = await outputsOf(SERVER);
  });

  /** All chunks, including those loaded later. */
  const loaded = (source: string): readonly Output[] =>
    reached(outputs, pathOfEntry(outputs, source) ?? '', ['import-statement', 'dynamic-import']);

  it('stays below 1.3 MB, with data and lazy chunks', () => {
    expect(loaded(SERVER).length).toBeGreaterThan(1);
    expect(size(loaded(SERVER))).toBeLessThan(1_310_000);
  });

  it('has no catalog engine, formatter or fetch', () => {
    const inputs = loaded(SERVER).flatMap(output => Object.keys(output.inputs));
    const others = [
      'src/features/catalog/core/engine/catalogEngine.ts',
      'src/features/catalog/core/reading/',
      'node_modules/ajv/',
      '/json-schema-ref-parser/',
      'node_modules/prettier/',
      'node_modules/request-light/',
    ];
    expect(inputs.filter(path => others.some(part => path.includes(part)))).toEqual([]);
    expect(inputs).toContain(
      'src/features/authoring/language/structure/service/structureService.ts',
    );
  });

  it('with its own catalog stays below 1.319 MB of code and 175 kB of data', () => {
    const all = loaded('src/server/standalone/index.ts').filter(
      ({ inputs }) => !Object.keys(inputs).some(path => isOfSources(path) || isOfReleases(path)),
    );
    const data = all
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([path]) => DATA.includes(path))
      .map(([, { bytesInOutput }]) => bytesInOutput);
    const sum = data.reduce((total, bytes) => total + bytes, 0);
    expect(data).toHaveLength(DATA.length);
    expect(sum).toBeLessThan(175_000);
    expect(size(all) - sum).toBeLessThan(1_319_000);
  });
});

describe('bundle of the command line', () => {
  it('loads the agent server on demand, without a schema compiler', async () => {
    const outputs = await outputsOf('src/cli.ts');
    const isForAgents = (path: string): boolean =>
      /^src\/features\/agents\/core\/|\/@modelcontextprotocol\//.test(path);
    const entry = pathOfEntry(outputs, 'src/cli.ts') ?? '';
    const atOnce = reached(outputs, entry, ['import-statement']);
    expect(atOnce.flatMap(({ inputs }) => Object.keys(inputs)).filter(isForAgents)).toEqual([]);
    const forAgents = Object.values(outputs).filter(({ inputs }) =>
      Object.keys(inputs).some(isForAgents),
    );
    expect(size(forAgents)).toBeGreaterThan(100_000);
    expect(size(forAgents)).toBeLessThan(310_000);
  });
});

describe('webview apps', () => {
  it('start with less than 250 kB, and load graph layout in a worker on demand', async () => {
    const outputs = await outputsOf('webview/portal/main.ts');
    const first = reached(outputs, pathOfEntry(outputs, 'webview/portal/main.ts') ?? '', [
      'import-statement',
    ]);
    expect(first.length).toBeGreaterThan(0);
    expect(size(first)).toBeLessThan(250_000);
    const inputs = first.flatMap(output => Object.keys(output.inputs));
    expect(inputs).toContain('webview/portal/PortalApp.ts');
    expect(inputs.filter(path => /\/pages\/\w+\/\w+Page\.ts$|dagre/.test(path))).toEqual([]);
  });
});

/** The server that the editor starts. */
const SERVER = 'src/languageServer.ts';
/** Data of Backstage's packages, as JSON in one text each. */
const DATA = [
  'src/features/templates/core/actions/generated/actionSchemas.js',
  'src/features/templates/core/actions/generated/actionTexts.js',
  'src/features/authoring/language/structure/generated/kindInputs.js',
  'src/model/generated/defaultLayers.ts',
];

/** Includes its JSON-RPC library, which otherwise only the portal uses. */
const isOfClient = (path: string): boolean =>
  ['/vscode-languageclient/', '/vscode-jsonrpc/'].some(library => path.includes(library));
/** Includes the validation of messages, which agents use, too. */
const isOfPortal = (path: string): boolean =>
  !path.endsWith('/lazyPortal.ts') &&
  [
    'src/features/portal/vscode/',
    'src/features/portal/plugin/',
    'src/features/apis/plugin/',
    'node_modules/zod/',
  ].some(folder => path.startsWith(folder));

/**
 * Clients of sources, their parts of the catalog, their git processes, and the view of
 * sources; not the check whether there are any.
 */
const isOfSources = (path: string): boolean =>
  [
    /^src\/features\/sources\/(core\/|plugin\/|vscode\/open)/,
    /^src\/features\/backstage\/core\/(catalog|signIn)\//,
    /^src\/features\/scm\/core\/(forgeFiles|gitAddresses|urlReaders)\//,
    /^src\/features\/scm\/node\/(mirrors\/|reading\/(gitTree|gitBlobReader)|gitProcess)/,
    /^src\/features\/catalog\/core\/sources\/(catalogSources|sourceIndex)\./,
    /^src\/features\/catalog\/core\/configuredBackstage\/urls\//,
    /^src\/platform\/(core\/hosts\/|node\/http\/)/,
  ].some(part => part.test(path));

/** Matching of wildcards in addresses by git. */
const isOfWildcards = (path: string): boolean =>
  /^src\/features\/sources\/core\/url\/wildcards\/(git|wildcard|repository)[A-Z]/.test(path);

/** Reading of archives of git hosts, with its libraries. */
const isOfArchives = (path: string): boolean =>
  path === 'src/features/scm/core/forgeFiles/archiveReader.ts';

/** Sign-in to a Backstage, with the library for OAuth. */
const isOfSignIn = (path: string): boolean =>
  path.startsWith('node_modules/oauth4webapi/') ||
  /^src\/features\/(backstage\/core\/signIn\/(signIn|oauthRequests)|backstage\/vscode\/signInDesk)\./.test(
    path,
  );

/** Import, which generates descriptors, with the readers of its files. */
const isOfImport = (path: string): boolean =>
  /^src\/features\/authoring\/(core\/import\/descriptorImporter|plugin\/vscode\/importCommand)\./.test(
    path,
  );

/** The command that exports a catalog model; it loads the layers of the model, too. */
const isOfModelExport = (path: string): boolean =>
  path.startsWith('src/features/catalog/core/modelExport/') ||
  path === 'src/features/catalog/vscode/exportModel.ts';

/** Modules that read a catalog without layers. */
const READING = [
  'src/features/catalog/core/engine/catalogReading.ts',
  'src/features/catalog/core/reading/descriptorReader.ts',
];

/** Layers of the catalog model, with the model of Backstage that they change. */
const isOfLayers = (path: string): boolean =>
  /^src\/(model\/(layers\/|generated\/defaultLayers)|features\/catalog\/core\/modelLayers\/(layer|loadModel))/.test(
    path,
  );

/** Fields, annotations and settings that releases of Backstage deprecated. */
const isOfReleases = (path: string): boolean => path.startsWith('src/model/releases/');

/** Plugins that are files without code, with what reads TOML, which is loaded for their data alone. */
const isOfDeclared = (path: string): boolean =>
  path.startsWith('src/features/plugins/core/declarative/') ||
  path.startsWith('node_modules/smol-toml/');

/** Plugins with code of other extensions: their start, capabilities and activity, and the view that shows them. */
const isOfOthers = (path: string): boolean =>
  /^src\/features\/plugins\/(core\/(outside|permissions|view)\/|core\/(pluginFacade|pluginActivity|meterContribution)|vscode\/(askPermission|codePlugins|outsideServices|pluginsView))/.test(
    path,
  );

const isOfAgents = (path: string): boolean =>
  ['src/features/agents/core/', 'src/features/agents/vscode/'].some(folder =>
    path.startsWith(folder),
  );

/** Without the output of built sites, which is loaded separately. */
function isOfTemplates(path: string): boolean {
  const isOfArea =
    /^src\/features\/(scaffolder\/(core\/(?!pages\/)|plugin|vscode\/(?!lazyScaffolder))|templates\/core\/)/.test(
      path,
    );
  const isOfGroups = /\/(templateGroups|templateGroupsFile)\.ts$/.test(path);
  const isApart = [isOfDrift, isOfPublishing, isOfSearch, isOfInstances].some(isOf => isOf(path));
  return (isOfArea || isOfGroups) && !isApart;
}

/** Template runs on a Backstage that is a source. */
function isOfInstances(path: string): boolean {
  return (
    path === 'src/features/scaffolder/vscode/runs/instanceRuns.ts' ||
    /^src\/features\/scaffolder\/core\/instances\/(instanceRunner|instanceRun|absoluteUrls)\.ts$/.test(
      path,
    )
  );
}

/** Commits and requests to git hosts, which only templates that publish need. */
function isOfPublishing(path: string): boolean {
  return (
    /^src\/features\/scm\/(core\/forges\/(?!repoUrl)|node\/publishing\/gitPublisher\.ts)/.test(
      path,
    ) ||
    /^src\/features\/scaffolder\/core\/publish\/publication\.ts$/.test(path) ||
    /^src\/features\/scaffolder\/vscode\/(publishing\/publishing|tokens\/setToken)\.ts$/.test(path)
  );
}

/** Full-text search engine. */
const ENGINE = 'src/features/search/core/index/searchIndex.ts';

/** Search and its collators. */
function isOfSearch(path: string): boolean {
  return /^src\/features\/(search\/(core\/(?!entities\/|pages\/)|plugin)|(catalog|scaffolder)\/plugin\/search\/)/.test(
    path,
  );
}

function isOfDrift(path: string): boolean {
  return /^src\/features\/(scaffolder\/(core|vscode)\/drift\/|scm\/node\/reading\/gitSources)/.test(
    path,
  );
}

/** Code that the editor loads to run a template. */
const TEMPLATES = 'src/features/scaffolder/vscode/desktop/scaffolderTools.ts';
const workingOut = ['node_modules/nunjitsu/dist/index.js'];
const fetching = [
  'src/features/scaffolder/core/sources/remoteSources.ts',
  'src/features/scaffolder/vscode/consent/fetchConsent.ts',
];

/** Display and checks of documentation; not the entry points that load them on demand. */
const isOfDocs = (path: string): boolean =>
  /^src\/features\/techdocs\/(core\/(?!built\/|draft\/|pages\/)|plugin\/|vscode\/(?!lazyTechDocs|markdownPreview))/.test(
    path,
  ) || path === 'src/platform/node/files/nodeOutputFolder.ts';

const isOfMarkdown = (path: string): boolean =>
  [
    'src/features/techdocs/core/markdown/',
    'node_modules/markdown-it/',
    'node_modules/highlight.js/',
  ].some(folder => path.startsWith(folder));

function pathOfEntry(outputs: Metafile['outputs'], source: string): string | undefined {
  return Object.keys(outputs).find(path => outputs[path]?.entryPoint === source);
}

function reached(
  outputs: Metafile['outputs'],
  entry: string,
  kinds: readonly string[],
): readonly Output[] {
  const found = new Map<string, Output>();
  const pending = [entry];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const output = outputs[path];
    if (!output || found.has(path)) continue;
    found.set(path, output);
    pending.push(...output.imports.filter(({ kind }) => kinds.includes(kind)).map(i => i.path));
  }
  return [...found.values()];
}

function size(outputs: readonly Output[]): number {
  return outputs.reduce((sum, { bytes }) => sum + bytes, 0);
}
