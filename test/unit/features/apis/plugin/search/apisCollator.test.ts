import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SearchDocument } from '../../../../../../src/api';
import { english } from '../../../../../../src/base';
import { ApisCollator } from '../../../../../../src/features/apis/plugin';
import { ApiDefinitions } from '../../../../../../src/features/apis/plugin/definitions/apiDefinitions';
import { aDescriptor } from '../../../../../support/descriptors';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

const { signal } = new AbortController();

const OPENAPI = `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      summary: Find an order
      description: Also one that was sent.
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: withLines, in: query, schema: { type: boolean } }
      responses: { '200': { description: Fine } }
components:
  schemas:
    Order: { type: object, description: What is bought, properties: { total: { type: number } } }
`;

const api = (type: string, definition: unknown): string =>
  aDescriptor(
    'api:shop',
    { type, definition, owner: 'team-a', system: 'retail' },
    { title: 'Shop' },
  );

class Apis {
  readonly catalog: TestCatalog;
  readonly collator: ApisCollator;
  readonly told: (readonly string[])[] = [];

  constructor(catalog: TestCatalog) {
    this.catalog = catalog;
    const { engine, files } = catalog;
    this.collator = new ApisCollator({ catalog: engine, files, translate: english });
    this.collator.onDidChange(({ sources }) => this.told.push([...(sources ?? ['all'])].sort()));
  }

  static async of(files: Readonly<Record<string, string>>): Promise<Apis> {
    return new Apis(await openCatalog(files));
  }

  async sources(): Promise<ReadonlyMap<string, string | undefined>> {
    const sources = await this.collator.getSources(signal);
    return new Map(sources.map(({ id, stamp }) => [id, stamp]));
  }

  documents(ref = 'api:default/shop'): Promise<readonly SearchDocument[]> {
    return this.collator.collate(ref, signal);
  }

  async lines(): Promise<readonly string[]> {
    return (await this.documents()).map(document => {
      const { icon, path = [], title, names = [], keywords = [], text } = document;
      const parts = [[...path, title].join(' > '), names.join(', '), keywords.join(' '), text];
      return `${icon === 'symbol-method' ? '' : '# '}${parts.join(' | ')}`;
    });
  }

  /** The text at a document's location. */
  async placeOf(title: string): Promise<string | undefined> {
    const document = (await this.documents()).find(other => other.title === title);
    const found = document && (await this.collator.locate(document, signal));
    if (!found?.range) return undefined;
    const { start } = found.range;
    const text = new TextDecoder().decode(await this.catalog.files.readFile(found.file));
    const line = text.split('\n')[start.line]?.slice(start.character);
    return `${found.file.replace(`${at('')}/`, '')}:${start.line + 1} ${line ?? ''}`;
  }
}

describe('APIs in search', () => {
  it.for([
    [
      'openapi',
      OPENAPI,
      [
        'Shop > GET /orders/{id} | /orders/{id}, getOrder, Find an order | id withLines Fine | Also one that was sent.',
        '# Shop > Order |  | total | object · What is bought',
      ],
    ],
    [
      'asyncapi',
      `asyncapi: 2.6.0
info: { title: Events, version: '1' }
channels:
  orders/{region}:
    parameters: { region: { schema: { type: string } } }
    subscribe: { operationId: onOrder, summary: Tells of orders, message: { $ref: '#/components/messages/Order' } }
components: { messages: { Order: { payload: { type: object, properties: { total: { type: number } } } } } }
`,
      [
        'Shop > SUBSCRIBE orders/{region} | orders/{region}, onOrder · Tells of orders | region Order payload total | ',
        '# Shop > Order |  | payload total | message',
      ],
    ],
    [
      'graphql',
      'type Query { "Finds an order" order(id: ID!): Order }\ntype Order { total: Int }\n',
      [
        'Shop > QUERY order | order, Order · (id) · Finds an order | id | Finds an order',
        '# Shop > Order |  | total | ',
      ],
    ],
    [
      'grpc',
      'syntax = "proto3";\nservice Orders { rpc Find (FindRequest) returns (Order); }\nmessage FindRequest { string id = 1; }\n',
      [
        'Shop > Orders > RPC Find | Find, Orders.Find, FindRequest → Order | FindRequest id Order | ',
        '# Shop > FindRequest |  | id | ',
      ],
    ],
    [
      'trpc',
      'const app = router({ orders: router({ find: publicProcedure.query(() => 1) }) });\n',
      ['Shop > orders > QUERY find | find, orders.find, publicProcedure |  | '],
    ],
  ] as const)('include operations and types of %s', async ([type, definition, expected]) => {
    const apis = await Apis.of({ 'api.yaml': api(type, definition) });
    expect(await apis.lines()).toEqual(expected);
  });

  it('include remotes of MCP servers', async () => {
    const remotes = [{ type: 'sse', url: 'https://mcp.example.com' }];
    const apis = await Apis.of({
      'api.yaml': aDescriptor(
        'api:shop',
        { type: 'mcp-server', definition: undefined, remotes },
        { title: 'Shop' },
      ),
    });
    expect(await apis.lines()).toEqual([
      'Shop > https://mcp.example.com | https://mcp.example.com |  | ',
    ]);
    expect(await apis.placeOf('https://mcp.example.com')).toBe(
      'api.yaml:12 https://mcp.example.com',
    );
  });

  it('link to the operation on the API page and have facets', async () => {
    const apis = await Apis.of({ 'api.yaml': api('openapi', OPENAPI) });
    const [operation, schema] = await apis.documents();
    expect(operation).toMatchObject({
      id: '/get /orders/{id}',
      ref: 'api:default/shop',
      facets: { kind: ['api'], type: ['openapi'], owner: ['group:default/team-a'] },
      target: {
        type: 'page',
        page: {
          page: 'entity',
          entityRef: 'api:default/shop',
          tab: 'api',
          anchor: '/get /orders/{id}',
        },
      },
    });
    expect(schema).toMatchObject({ id: 'types/Order', target: { page: { tab: 'api' } } });
  });

  it('follow the position of the definition', async () => {
    const apis = await Apis.of({
      'api.yaml': api('openapi', { $text: './openapi.yaml' }),
      'openapi.yaml': OPENAPI,
    });
    expect(await apis.placeOf('GET /orders/{id}')).toBe('openapi.yaml:5 get:');
    expect(await apis.placeOf('Order')).toMatch(/^openapi\.yaml:15 Order:/);
    await apis.catalog.write({ 'openapi.yaml': `# Moved\n${OPENAPI}` });
    expect(await apis.placeOf('GET /orders/{id}')).toBe('openapi.yaml:6 get:');
  });

  it('are located from a cache for all shown APIs', async () => {
    const files = Array.from({ length: 30 }, (_, at) => [
      `${at}.yaml`,
      aDescriptor(`api:shop-${at}`, { type: 'openapi', definition: OPENAPI }),
    ]);
    const { collator } = await Apis.of(Object.fromEntries(files) as Record<string, string>);
    const sources = await collator.getSources(signal);
    const documents = await Promise.all(sources.map(({ id }) => collator.collate(id, signal)));
    const locate = () =>
      Promise.all(documents.flat().map(document => collator.locate(document, signal)));
    const first = await locate();
    const load = vi.spyOn(ApiDefinitions.prototype, 'load');
    onTestFinished(() => load.mockRestore());
    expect(await locate()).toEqual(first);
    expect([first.filter(Boolean).length, load.mock.calls]).toEqual([60, []]);
  });

  it('have no location after deletion', async () => {
    const apis = await Apis.of({ 'api.yaml': api('openapi', OPENAPI) });
    const [operation] = await apis.documents();
    await apis.catalog.write({ 'api.yaml': api('openapi', 'openapi: 3.1.0\n') });
    expect(operation && (await apis.collator.locate(operation, signal))).toBeUndefined();
    await apis.catalog.remove('api.yaml');
    expect(operation && (await apis.collator.locate(operation, signal))).toBeUndefined();
  });

  it.for([
    ['broken', '{ not: [valid'],
    ['empty', ''],
    ['of names that objects have', 'openapi: 3.1.0\npaths: { __proto__: { get: {} } }\n'],
  ])('handle a definition that is %s', async ([, definition]) => {
    const apis = await Apis.of({ 'api.yaml': api('openapi', definition) });
    expect(await apis.sources()).toHaveProperty('size', definition === '' ? 0 : 1);
    expect((await apis.documents()).map(({ title }) => title)).toEqual(
      definition?.includes('__proto__') ? ['GET __proto__'] : [],
    );
  });

  it('exclude other kinds and deleted APIs', async () => {
    const apis = await Apis.of({ 'component.yaml': aDescriptor('component:shop') });
    expect(await apis.sources()).toEqual(new Map());
    expect(await apis.documents('component:default/shop')).toEqual([]);
    expect(await apis.documents('api:default/gone')).toEqual([]);
  });

  it('stop on an abort signal and yield the thread', async () => {
    const paths = Array.from({ length: 5000 }, (_, n) => `  /p${n}: { get: { summary: Path } }\n`);
    const apis = await Apis.of({
      'api.yaml': api('openapi', `openapi: 3.1.0\npaths:\n${paths.join('')}`),
    });
    const stopped = new AbortController();
    const reading = apis.collator.collate('api:default/shop', stopped.signal);
    setTimeout(() => stopped.abort(), 1);
    await expect(reading).rejects.toThrow('aborted');
    await expect(apis.collator.getSources(AbortSignal.abort())).rejects.toThrow('aborted');
  });
});

describe('Changes of APIs', () => {
  it('are reported only for the changed API', async () => {
    const apis = await Apis.of({
      'api.yaml': api('openapi', { $text: './openapi.yaml' }),
      'openapi.yaml': OPENAPI,
      'other.yaml': aDescriptor('api:other'),
      'component.yaml': aDescriptor('component:shop'),
    });
    await apis.sources();
    await apis.catalog.write({ 'openapi.yaml': OPENAPI.replace('Find', 'Get') });
    await apis.catalog.write({ 'openapi.yaml': OPENAPI.replace('Find', 'Get') });
    // A consumer of the API isn't another API.
    await apis.catalog.write({
      'component.yaml': aDescriptor('component:shop', { consumesApis: ['shop'] }),
    });
    await apis.catalog.remove('other.yaml');
    expect(apis.told).toEqual([['api:default/shop'], ['api:default/other']]);
  });

  it('are reported without rereading many APIs', async () => {
    const many = (owner: string): string =>
      Array.from({ length: 60 }, (_, n) => aDescriptor(`api:a${n}`, { owner })).join('---\n');
    const apis = await Apis.of({ 'apis.yaml': many('team-a') });
    const before = await apis.sources();
    const read = vi.spyOn(apis.catalog.engine, 'getEntityByRef');
    await apis.catalog.write({ 'apis.yaml': many('team-b') });
    expect(apis.told.map(refs => refs.length)).toEqual([60]);
    expect(read).not.toHaveBeenCalled();
    const after = await apis.sources();
    expect([...after].filter(([ref, stamp]) => before.get(ref) === stamp)).toEqual([]);
  });

  it("aren't reported before the first request or after disposal", async () => {
    const apis = await Apis.of({ 'api.yaml': api('openapi', OPENAPI) });
    await apis.catalog.write({ 'api.yaml': api('openapi', OPENAPI.replace('Find', 'Get')) });
    await apis.sources();
    apis.collator.dispose();
    await apis.catalog.write({ 'api.yaml': api('openapi', OPENAPI) });
    expect(apis.told).toEqual([]);
  });

  it('are included in stamps, even far into a definition', async () => {
    const long = (end: string): string =>
      api('openapi', `${OPENAPI}${'# filled\n'.repeat(2000)}# ${end}\n`);
    const [before, after] = [
      await Apis.of({ 'a.yaml': long('a') }),
      await Apis.of({ 'a.yaml': long('b') }),
    ];
    const second = await Apis.of({ 'a.yaml': long('a') });
    expect(await second.sources()).toEqual(await before.sources());
    expect(await after.sources()).not.toEqual(await before.sources());
  });
});
