import { beforeEach, expect, it } from 'vitest';
import { english, silentLogger } from '../../../../../../src/base';
import { ApiDefinitions } from '../../../../../../src/features/apis/plugin/definitions/apiDefinitions';
import { leavesOf } from '../../../../../../src/features/apis/core/outline/outline';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';

const openapi = `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders:
    get:
      responses: { '200': { description: Fine } }
`;

let fileSystem: InMemoryFileSystem;

beforeEach(() => {
  fileSystem = new InMemoryFileSystem();
});

/** An API with this definition, as written below `spec`. */
async function definitions(definition: string, before = ''): Promise<ApiDefinitions> {
  const text = `${before}apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: orders\nspec:\n  type: openapi\n  lifecycle: production\n  owner: me\n${definition}`;
  fileSystem.write('/work/catalog-info.yaml', text);
  const clock = {
    now: () => 0,
    delay: async () => {},
    yield: () => new Promise<void>(resolve => setTimeout(resolve, 0)),
  };
  const catalog = new CatalogEngine({ fileSystem, clock, logger: silentLogger });
  catalog.setRoots([{ uri: fileUri('/work'), name: 'work' }]);
  await catalog.refresh();
  const files = {
    readFile: (uri: string) => fileSystem.readFile(uri),
    exists: async (uri: string) => (await fileSystem.stat(uri)) !== undefined,
  };
  return new ApiDefinitions({ catalog, files, translate: english });
}

/** The text that the only operation links to, or its line. */
async function place(apis: ApiDefinitions): Promise<string> {
  const loaded = await apis.load('api:default/orders');
  const [operation] = leavesOf(loaded?.outline?.operations ?? []);
  if (operation?.target?.type !== 'source' || !operation.target.range) return 'nowhere';
  const { file, range } = operation.target;
  const text = new TextDecoder().decode(await fileSystem.readFile(file));
  const line = text.split('\n')[range.start.line] ?? '';
  return `${file} ${range.start.line + 1} ${line.slice(range.start.character, range.end.line === range.start.line ? range.end.character : undefined)}`;
}

function indented(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}

it('links into a block of the descriptor', async () => {
  const apis = await definitions(`  definition: |\n${indented(openapi, '    ')}`);
  expect(await place(apis)).toBe('file:///work/catalog-info.yaml 14 get');
});

it('links into an indented block of a later document', async () => {
  const block = indented(openapi, '      ');
  const other =
    'kind: Domain\napiVersion: backstage.io/v1alpha1\nmetadata: { name: d }\nspec: { owner: me }\n---\n';
  const apis = await definitions(`  definition: |4-\n\n${block}`, other);
  expect(await place(apis)).toBe('file:///work/catalog-info.yaml 20 get');
});

it('links into a block with Windows line ends', async () => {
  const apis = await definitions(
    `  definition: |\n${indented(openapi, '    ')}`.replaceAll('\n', '\r\n'),
  );
  expect(await place(apis)).toBe('file:///work/catalog-info.yaml 14 get');
});

it('links to quoted text as a whole', async () => {
  const json = `{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"get":{}}}}`;
  const apis = await definitions(`  definition: '${json}'\n`);
  expect(await place(apis)).toBe(`file:///work/catalog-info.yaml 9 '${json}'`);
});

it('links into the file of a placeholder', async () => {
  fileSystem.write('/work/api/my api.yaml', `# Orders\n${openapi}`);
  const apis = await definitions('  definition:\n    $text: ./api/my%20api.yaml\n');
  expect(await place(apis)).toBe('file:///work/api/my%20api.yaml 6 get');
});

it('links into the main file of a bundle', async () => {
  fileSystem.write('/work/api/fine.yaml', 'description: Fine\n');
  fileSystem.write(
    '/work/api/openapi.yaml',
    openapi.replace('{ description: Fine }', '{ $ref: ./fine.yaml }').replace('paths', '\n\npaths'),
  );
  const apis = await definitions('  definition:\n    $openapi: ./api/openapi.yaml\n');
  expect(await place(apis)).toBe('file:///work/api/openapi.yaml 7 get');
});

it("reports a definition that isn't read", async () => {
  const apis = await definitions('  definition:\n    $text: https://example.com/openapi.yaml\n');
  expect(await apis.load('api:default/orders')).toMatchObject({
    text: undefined,
    unread: 'https://example.com/openapi.yaml',
    outline: undefined,
  });
});

it('returns the remotes of an MCP server', async () => {
  fileSystem.write(
    '/work/mcp.yaml',
    'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: mcp }\nspec:\n  type: mcp-server\n  lifecycle: production\n  owner: me\n  remotes:\n    - type: sse\n      url: https://mcp.example.com\n',
  );
  const apis = await definitions('  definition: x\n');
  const mcp = await apis.load('api:default/mcp');
  expect(mcp?.outline?.operations).toMatchObject([
    {
      label: 'https://mcp.example.com',
      badge: { text: 'sse' },
      target: { type: 'source', file: 'file:///work/mcp.yaml', range: { start: { line: 9 } } },
    },
  ]);
});

it('caches an unchanged definition', async () => {
  const apis = await definitions(`  definition: |\n${indented(openapi, '    ')}`);
  const [first, second] = [
    await apis.load('api:default/orders'),
    await apis.load('api:default/orders'),
  ];
  expect(second?.outline).toBe(first?.outline);
});

it("caches a bundle until its main file's lines change", async () => {
  const own = openapi.replace('{ description: Fine }', '{ $ref: ./fine.yaml }');
  fileSystem.write('/work/fine.yaml', 'description: Fine\n');
  fileSystem.write('/work/openapi.yaml', own);
  const apis = await definitions('  definition:\n    $openapi: ./openapi.yaml\n');
  expect(await place(apis)).toBe('file:///work/openapi.yaml 5 get');
  const first = await apis.load('api:default/orders');
  expect((await apis.load('api:default/orders'))?.outline).toBe(first?.outline);
  fileSystem.write('/work/openapi.yaml', `# Orders\n${own}`);
  expect(await place(apis)).toBe('file:///work/openapi.yaml 6 get');
});

it('keeps its cache after an aborted request', async () => {
  const apis = await definitions(`  definition: |\n${indented(openapi, '    ')}`);
  const first = await apis.load('api:default/orders');
  await expect(apis.load('api:default/orders', AbortSignal.abort())).rejects.toThrow('aborted');
  expect((await apis.load('api:default/orders'))?.outline).toBe(first?.outline);
});
