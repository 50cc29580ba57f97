import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { packageFolder, packageMetafiles } from '../../../../../scripts/lib/packageExtension.mjs';
import type { PortalApi, PortalExports } from '../../../../../src/api';
import { aComponent, aDescriptor, documents } from '../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { standInContext, standInVsCode } from '../../../../support/standInVsCode';

/** Portal, with readers of API definitions. The browser bundle has no chunks: everything is one file. */
const portalPaths = [
  'src/features/apis/',
  'src/features/catalog/core/glances/',
  'src/features/catalog/core/pages/',
  'src/features/portal/',
  'src/features/scaffolder/core/pages/',
  'src/features/techdocs/core/pages/',
  'node_modules/graphql/',
  'node_modules/vscode-jsonrpc/',
];

/** Search; with the index itself, as browsers have no thread for it. */
const searchPaths = [
  ...['client/', 'index/', 'indexing/', 'pages/', 'query/'].map(
    name => `src/features/search/core/${name}`,
  ),
  ...['createSearchIndex', 'elsewhere', 'namedEntities', 'savedSearches', 'searchService'].map(
    name => `src/features/search/core/${name}.ts`,
  ),
  'src/features/techdocs/core/sections/',
  ...['apis', 'catalog', 'scaffolder', 'techdocs'].map(
    feature => `src/features/${feature}/plugin/search/`,
  ),
  'src/features/search/plugin/',
  'src/features/search/vscode/openSearch.ts',
  'node_modules/fuse.js/',
];

/** Discovery, checks and builds of docs; windows with Node load parts on demand. */
const sitesPaths = [
  'src/features/techdocs/core/',
  'src/features/techdocs/plugin/',
  'src/features/techdocs/vscode/',
];

/** Tools for coding agents. */
const agentsPaths = ['src/features/agents/core/', 'src/features/agents/vscode/'];

/** Clients of sources, and their view. */
const sourcesPaths = [
  'src/features/backstage/',
  'src/features/scm/core/forgeFiles/',
  'src/features/scm/core/urlReaders/',
  'src/features/sources/',
  'node_modules/eventsource-parser/',
  'node_modules/fflate/',
  'node_modules/modern-tar/',
];

/** Sign-in to a Backstage. */
const signInPaths = ['src/features/backstage/core/signIn/', 'node_modules/oauth4webapi/'];

/** Layers of the catalog model, with the model of Backstage that they change. */
const layersPaths = [
  'src/features/catalog/core/modelLayers/',
  'src/model/generated/defaultLayers.ts',
  'src/model/layers/',
];

/** Plugins that are files without code. */
const pluginsPaths = ['src/features/plugins/core/declarative/'];

/** Fields, annotations and settings that releases of Backstage deprecated. */
const releasesPaths = ['src/model/releases/'];

/** Plugins with code of other extensions: their capabilities and activity, and the view that shows them. */
const othersPaths = [
  'src/features/plugins/core/outside/',
  'src/features/plugins/core/permissions/',
  'src/features/plugins/core/view/',
  'src/features/plugins/core/meterContribution.ts',
  'src/features/plugins/core/pluginActivity.ts',
  'src/features/plugins/core/pluginFacade.ts',
  'src/features/plugins/vscode/askPermission.ts',
  'src/features/plugins/vscode/codePlugins.ts',
  'src/features/plugins/vscode/outsideServices.ts',
  'src/features/plugins/vscode/pluginsView.ts',
];

/** Entry points that load features on demand: they count as the rest. */
const onDemand = [
  'src/features/portal/vscode/lazyPortal.ts',
  'src/features/sources/vscode/sourceDocuments.ts',
  'src/features/sources/vscode/lazySources.ts',
  'src/features/techdocs/vscode/markdownPreview.ts',
  'src/features/techdocs/vscode/lazyTechDocs.ts',
];

/** Rendering of docs: Markdown, syntax highlighting, and built pages. */
const docsPaths = [
  'src/features/techdocs/core/markdown/',
  'src/features/techdocs/core/built/',
  'node_modules/htmlparser2/',
  'node_modules/highlight.js/',
  'node_modules/markdown-it/',
  'node_modules/entities/',
  'node_modules/linkify-it/',
  'node_modules/mdurl/',
  'node_modules/punycode.js/',
  'node_modules/uc.micro/',
];

describe('browser bundle', () => {
  let code = '';
  let imports: (string | undefined)[] = [];
  /** Bytes that only the portal needs. */
  let portal = 0;
  /** Bytes that only the search needs. */
  let search = 0;
  /** Bytes that only agents need. */
  let agents = 0;
  /** Bytes that only sources need. */
  let sources = 0;
  /** Bytes that only sign-in needs. */
  let signIn = 0;
  /** Bytes that only pages of docs need. */
  let docs = 0;
  /** Bytes of the rest of docs. */
  let sites = 0;
  /** Bytes that only layers of the catalog model need. */
  let layers = 0;
  /** Bytes that only plugins without code need. */
  let plugins = 0;
  /** Bytes that only rules of releases need. */
  let releases = 0;
  /** Bytes that only plugins with code of other extensions need. */
  let others = 0;

  beforeAll(async () => {
    const path = 'dist/browser/extension.js';
    const metafiles = await packageMetafiles();
    const output = metafiles.flatMap(({ outputs }) => outputs[path] ?? [])[0];
    code = readFileSync(join(packageFolder, path), 'utf8');
    const isIn = (path: string, folders: readonly string[]): boolean =>
      folders.some(folder => path.startsWith(folder));
    const bytesOf = (folders: readonly string[], others: readonly string[] = []): number =>
      Object.entries(output?.inputs ?? {})
        .filter(([path]) => isIn(path, folders) && !isIn(path, others))
        .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
    search = bytesOf(searchPaths);
    portal = bytesOf(portalPaths, [...searchPaths, ...onDemand]);
    agents = bytesOf(agentsPaths);
    signIn = bytesOf(signInPaths);
    sources = bytesOf(sourcesPaths, [...signInPaths, ...onDemand]);
    docs = bytesOf(docsPaths);
    layers = bytesOf(layersPaths);
    plugins = bytesOf(pluginsPaths);
    releases = bytesOf(releasesPaths);
    others = bytesOf(othersPaths);
    sites =
      bytesOf(sitesPaths, [...searchPaths, ...portalPaths, ...onDemand]) -
      bytesOf(docsPaths.filter(path => path.startsWith('src/')));
    imports = output?.imports.map(({ path }) => path) ?? [];
  });

  it('uses nothing that only Node has', () => {
    expect([...new Set(imports)]).toEqual(['vscode']);
    expect(code).not.toMatch(/(?<!\.)\b(process|__dirname|__filename)\s*[.[]/);
  });

  it('stays within its size budgets', () => {
    expect(portal).toBeGreaterThan(50_000);
    expect(portal).toBeLessThan(300_000);
    expect(search).toBeGreaterThan(50_000);
    expect(search).toBeLessThan(150_000);
    expect(agents).toBeGreaterThan(10_000);
    expect(agents).toBeLessThan(25_000);
    expect(sources).toBeGreaterThan(50_000);
    expect(sources).toBeLessThan(245_000);
    expect(signIn).toBeGreaterThan(10_000);
    expect(signIn).toBeLessThan(40_000);
    expect(docs).toBeGreaterThan(100_000);
    expect(docs).toBeLessThan(530_000);
    expect(sites).toBeGreaterThan(20_000);
    expect(sites).toBeLessThan(135_000);
    expect(layers).toBeGreaterThan(20_000);
    expect(layers).toBeLessThan(60_000);
    expect(plugins).toBeGreaterThan(20_000);
    expect(plugins).toBeLessThan(40_000);
    expect(releases).toBeGreaterThan(5_000);
    expect(releases).toBeLessThan(20_000);
    expect(others).toBeGreaterThan(10_000);
    expect(others).toBeLessThan(30_000);
    const content = portal + search + sources + docs + sites;
    const apart = content + agents + signIn + layers + plugins + releases + others;
    expect(code.length - apart).toBeLessThan(1_000_000);
  });

  it('reads a catalog without Node', async () => {
    const files = new InMemoryFileSystem({
      '/work/catalog-info.yaml': documents(
        aDescriptor('api:tides', { definition: { $openapi: './tides.yaml' } }),
        aComponent('ferry', { owner: 'crew', providesApis: ['tides'] }),
      ),
      '/work/tides.yaml':
        'openapi: 3.1.0\ninfo:\n  $ref: ./info.yaml\ncomponents:\n  $ref: ./components.json',
      '/work/info.yaml': 'title: Tides\n',
      '/work/components.json': '{ "schemas": {} }',
    });
    const { catalog } = activate(code, standInVsCode(files, 'vscode-vfs://github/work'));
    await vi.waitFor(() => expect(catalog.status).toBe('ready'), { timeout: 60_000 });
    expect(catalog.getEntityRefs()).toEqual(['api:default/tides', 'component:default/ferry']);
    expect(catalog.getProblems().map(({ code, message }) => [code, message])).toEqual([
      ['dangling-reference', expect.stringContaining('group:default/team')],
      ['dangling-reference', expect.stringContaining('group:default/crew')],
    ]);
    const api = await catalog.loadEntity('api:default/tides');
    expect(api?.spec?.definition).toBe(
      'openapi: 3.1.0\ninfo:\n  title: Tides\ncomponents:\n  schemas: {}\n',
    );
  });

  it('validates a custom kind by its schema', async () => {
    const files = new InMemoryFileSystem({
      '/work/catalog-info.yaml': 'apiVersion: acme.com/v1\nkind: Vessel\nmetadata:\n  name: tern',
      '/work/vessel.json': '{ "properties": { "metadata": { "$ref": "name.json" } } }',
      '/work/name.json': '{ "properties": { "name": { "pattern": "^mv-" } } }',
    });
    const kind = { kind: 'Vessel', apiVersions: ['acme.com/v1'], schema: 'vessel.json' };
    const settings = { 'callboard.catalog.customKinds': [kind] };
    const { catalog } = activate(code, standInVsCode(files, 'vscode-vfs://github/work', settings));
    await vi.waitFor(() => expect(catalog.status).toBe('ready'), { timeout: 60_000 });
    expect(catalog.getProblems().map(({ message }) => message)).toEqual([
      expect.stringContaining('/metadata/name must match pattern "^mv-"'),
    ]);
  });
});

/** Globals of a worker in a browser besides those of the language. */
const globalsOfWorkers = {
  AbortController,
  AbortSignal,
  atob,
  Blob,
  btoa,
  clearInterval,
  clearTimeout,
  crypto,
  DOMException,
  MessageChannel,
  performance,
  queueMicrotask,
  setInterval,
  setTimeout,
  structuredClone,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
};

/** Runs the bundle like the extension host of a browser, without fetch. */
function activate(code: string, vscode: object): PortalApi {
  const module: { exports: { activate?(context: unknown): PortalExports } } = { exports: {} };
  const context = createContext({
    ...globalsOfWorkers,
    module,
    exports: module.exports,
    require: (name: string) => {
      if (name === 'vscode') return vscode;
      throw new Error(`There is no ${name} in a browser.`);
    },
  });
  runInContext(code, context, { filename: 'dist/browser/extension.js' });
  const { activate: activateBundle } = module.exports;
  if (!activateBundle) throw new Error('The bundle exports no activate().');
  return activateBundle(standInContext()).getApi(1);
}
