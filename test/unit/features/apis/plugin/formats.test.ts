import { expect, it } from 'vitest';
import type { CardTreeItem } from '../../../../../src/api';
import { drawn, drawnProblems, outlineOf } from './support';

it('outlines channels of AsyncAPI 2', async () => {
  const outline = await outlineOf(
    `asyncapi: 2.6.0
info: { title: Orders, version: '1' }
servers:
  production: { url: kafka.example.com, protocol: kafka }
channels:
  orders/{region}:
    parameters:
      region: { schema: { type: string } }
    publish:
      operationId: placeOrder
      message:
        oneOf:
          - $ref: '#/components/messages/Placed'
          - name: cancelled
            payload: { type: string }
components:
  messages:
    Placed:
      summary: An order was placed
      payload:
        type: object
        properties: { id: { type: integer } }
`,
    'asyncapi',
  );
  expect(drawnProblems(outline)).toEqual([]);
  expect(drawn(outline.operations)).toBe(`PUBLISH orders/{region} — placeOrder @9
  (Parameters)
    region — string @8
  (Messages)
    Placed — message · An order was placed @19
      payload — object @21
        id — integer @22
    cancelled — message @14
      payload — string @15`);
});

it('outlines operations of AsyncAPI 3', async () => {
  const outline = await outlineOf(
    `asyncapi: 3.0.0
info: { title: Orders, version: '1' }
channels:
  orders:
    address: shop.orders
    messages:
      placed:
        payload: { type: object, properties: { id: { type: integer } } }
operations:
  placeOrder:
    action: send
    channel: { $ref: '#/channels/orders' }
    messages:
      - $ref: '#/channels/orders/messages/placed'
`,
    'asyncapi',
  );
  expect(drawnProblems(outline)).toEqual([]);
  expect(drawn(outline.operations)).toBe(`SEND placeOrder — shop.orders @10
  (Messages)
    placed — message @8
      payload — object @8
        id — integer @8`);
});

it('reports problems of AsyncAPI', async () => {
  const outline = await outlineOf(
    `asyncapi: 3.0.0\ninfo: { title: Orders, version: '1' }\noperations:\n  place:\n    action: shout\n    channel: { $ref: '#/channels/none' }\n`,
    'asyncapi',
  );
  expect(drawnProblems(outline)).toEqual([
    'warning 5:13 Must be one of "send", "receive"',
    `warning 6:22 "#/channels/none" doesn't exist in this document`,
  ]);
});

it('outlines queries and mutations of GraphQL', async () => {
  const outline = await outlineOf(
    `schema { query: Root mutation: Mutation }

"""Where it begins"""
type Root {
  "One pier"
  pier(id: ID!, season: Season = SUMMER): Pier
  piers: [Pier!]! @deprecated
}
type Mutation { close(id: ID!): Boolean }
type Pier implements Place { name: String! }
interface Place { name: String! }
union Any = Pier
enum Season { SUMMER, WINTER }
input Filter { name: String }
scalar Date
`,
    'graphql',
  );
  expect(drawnProblems(outline)).toEqual([]);
  expect(drawn(outline.operations)).toBe(`QUERY pier — Pier · (id, season) · One pier @6
  () "One pier"
  (Arguments)
    id — ID! @6
    season — Season @6
QUERY piers — [Pier!]! · deprecated @7
MUTATION close — Boolean · (id) @9
  (Arguments)
    id — ID! @9`);
  expect(drawn(outline.types)).toBe(`type Pier — Place @10
  name — String! @10
interface Place @11
  name — String! @11
union Any — Pier @12
enum Season @13
  SUMMER @13
  WINTER @13
input Filter @14
  name — String @14
scalar Date @15`);
});

it('reports GraphQL syntax errors and outlines the rest', async () => {
  const outline = await outlineOf(
    `type Query {\n  a: Nothing\n}\n${'scalar X\n'.repeat(2000)}type Y { b: String }\ntype Z { c String }\n`,
    'graphql',
  );
  expect(drawnProblems(outline)).toEqual([
    'warning 2005:12 Syntax Error: Expected ":", found Name "String".',
  ]);
  expect(drawn(outline.operations)).toBe('QUERY a — Nothing @2');
});

it('reports unknown GraphQL types', async () => {
  const outline = await outlineOf('type Query {\n  a(b: Other): [Nothing!]\n}\n', 'graphql');
  expect(drawnProblems(outline)).toEqual([
    'warning 2:17 Unknown type "Nothing"',
    'warning 2:8 Unknown type "Other"',
  ]);
});

it('outlines services of Protocol Buffers', async () => {
  const outline = await outlineOf(
    `syntax = "proto3";
package fleet.v1; // of ships
service Positions {
  /* rpc Old (A) returns (B); */
  rpc Watch (WatchRequest) returns (stream Position) { option deprecated = true; }
  rpc Ask (WatchRequest) returns (Position);
}
message WatchRequest { repeated string ships = 1; }
message Position {
  double latitude = 1;
  oneof source { Sensor sensor = 2; string guess = 3; }
  map<string, int32> counts = 4;
  message Sensor { string id = 1 [deprecated = true]; }
}
enum Weather { FOG = 0; }
`,
    'grpc',
  );
  expect(drawnProblems(outline)).toEqual([]);
  expect(outline.format).toBe('Protocol Buffers · proto3');
  expect(drawn(outline.operations)).toBe(`Positions @3
  RPC Watch — WatchRequest → stream Position @5
    (Request)
      message WatchRequest @8
        ships — repeated string = 1 @8
    (Response)
      message Position @9
        latitude — double = 1 @10
        counts — map<string, int32> = 4 @12
        sensor — Sensor = 2 @11
        guess — string = 3 @11
  RPC Ask — WatchRequest → Position @6
    (Request)
      message WatchRequest @8
        ships — repeated string = 1 @8
    (Response)
      message Position @9
        latitude — double = 1 @10
        counts — map<string, int32> = 4 @12
        sensor — Sensor = 2 @11
        guess — string = 3 @11`);
  expect(outline.types.map(({ label }) => label)).toEqual([
    'WatchRequest',
    'Position',
    'Position.Sensor',
    'Weather',
  ]);
});

it('reports an unclosed brace of Protocol Buffers', async () => {
  const outline = await outlineOf('service A {\n  rpc B (C) returns (D);\n', 'grpc');
  expect(drawnProblems(outline)).toEqual(['warning 1:11 Missing closing brace']);
});

it('outlines procedures of tRPC', async () => {
  const outline = await outlineOf(
    `export const appRouter = t.router({
  post: t.router({
    list: publicProcedure.query(() => db.posts()),
    add: protectedProcedure
      .input(z.object({ title: z.string(), 'a, b': z.string() }))
      .mutation(({ input }) => db.add(input)),
  }),
  onAdd: publicProcedure.subscription(() => events),
});
`,
    'trpc',
  );
  expect(drawn(outline.operations)).toBe(`post @2
  QUERY list — publicProcedure @3
  MUTATION add — protectedProcedure @4
    (Input) "z.object({ title: z.string(), 'a, b': z.string() })"
SUBSCRIPTION onAdd — publicProcedure @8`);
});

it('outlines tools of an MCP server', async () => {
  const outline = await outlineOf(
    `# tools/list
tools:
  - name: next_sailing
    description: When the next one is
    inputSchema:
      type: object
      properties: { pier: { type: string } }
      required: [pier]
`,
    'mcp',
  );
  expect(drawn(outline.operations)).toBe(`TOOL next_sailing — When the next one is @3
  () "When the next one is"
  (Input)
    pier — string · required @7`);
});

it('outlines keys of other documents and headings of text', async () => {
  const crd = await outlineOf('kind: CustomResourceDefinition\nspec:\n  group: a\n', 'crd');
  expect(drawn(crd.operations)).toBe('kind — CustomResourceDefinition @1\nspec @2\n  group — a @3');
  const text = await outlineOf('# Orders\n\nHow to: order\n\n## Place\nPOST /orders\n', 'http');
  expect(drawn(text.operations)).toBe('Orders @1\nPlace @5\nPOST /orders @6');
});

const repeated: readonly (readonly [type: string, text: string])[] = [
  ['graphql', 'type Query { a: Int }\nextend type Query { a: Int }\nenum B { C C }\n'],
  ['grpc', 'service A { rpc B (C) returns (C); rpc B (C) returns (C); }\nservice A {}\n'],
  ['trpc', "router({ a: p.query(1), a: p.query(1), 'a#1': p.query(1) })"],
  [
    'asyncapi',
    `asyncapi: 2.6.0\ninfo: { title: A, version: '1' }\nchannels: {}\ncomponents:\n  messages:\n    b: { name: d }\n    c: { name: d }\n  schemas:\n    d: {}\n`,
  ],
  [
    'openapi',
    `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: { /a: { get: { tags: [b] } } }\nwebhooks: { /a: { get: { tags: [b] } } }\n`,
  ],
];

it.each(repeated)('gives equal names in %s different ids', async (type, text) => {
  const { operations, types } = await outlineOf(text, type);
  for (const items of siblingsOf([operations, types])) {
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size, ids.join()).toBe(ids.length);
  }
});

function siblingsOf(
  lists: readonly (readonly CardTreeItem[])[],
): readonly (readonly CardTreeItem[])[] {
  return lists.flatMap(items => [items, ...siblingsOf(items.map(({ children = [] }) => children))]);
}
