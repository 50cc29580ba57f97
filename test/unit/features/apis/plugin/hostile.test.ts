import { expect, it } from 'vitest';
import { english } from '../../../../../src/base';
import { outlineText } from '../../../../../src/features/apis/core/formats/otherDocuments';
import { limitedItems } from '../../../../../src/features/apis/core/outline/limitedItems';
import { ItemBudget, leavesOf } from '../../../../../src/features/apis/core/outline/outline';
import { isLongRun } from '../../../../support/longRun';
import { outlineOf } from './support';

const openapi = `openapi: 3.1.0\ninfo: { title: A, version: '1' }\n`;
const laughs = Array.from({ length: 30 }, (_, i) =>
  i
    ? `  l${i}: &l${i} { type: object, properties: { a: *l${i - 1}, b: *l${i - 1} } }`
    : '  l0: &l0 { type: string }',
).join('\n');

const definitions: readonly { name: string; type: string; text: string }[] = [
  { name: 'nested YAML', type: 'openapi', text: `${openapi}paths: ${'{a: '.repeat(100_000)}` },
  { name: 'nested JSON', type: 'openapi', text: '['.repeat(100_000) },
  { name: 'nested lists', type: 'asyncapi', text: '- '.repeat(100_000) },
  { name: 'nested keys', type: 'openapi', text: 'a: '.repeat(100_000) },
  { name: 'nested GraphQL', type: 'graphql', text: `type A { a: ${'['.repeat(100_000)}` },
  {
    name: 'nested arguments',
    type: 'graphql',
    text: `type A { a(b: C = ${'{d: '.repeat(100_000)}`,
  },
  { name: 'nested messages', type: 'grpc', text: 'message A { '.repeat(100_000) },
  { name: 'nested routers', type: 'trpc', text: 'router({ a: '.repeat(50_000) },
  {
    name: 'multiplying aliases',
    type: 'openapi',
    text: `${openapi}x-l:\n${laughs}\ncomponents:\n  schemas:\n    A: *l29\n`,
  },
  {
    name: 'an alias inside its anchor',
    type: 'openapi',
    text: `${openapi}paths: &p\n  /a: *p\ncomponents: &c\n  schemas: *c\n`,
  },
  {
    name: 'circular references',
    type: 'openapi',
    text: `${openapi}paths:\n  /a: { $ref: '#/paths/~1b' }\n  /b: { $ref: '#/paths/~1a' }\ncomponents:\n  schemas:\n    A: { $ref: '#/components/schemas/A' }\n    B: { allOf: [{ $ref: '#/components/schemas/C' }] }\n    C: { allOf: [{ $ref: '#/components/schemas/B' }], items: { $ref: '#/components/schemas/C' } }\n`,
  },
  {
    name: 'prototype keys',
    type: 'openapi',
    text: `${openapi}paths:\n  __proto__: { get: {} }\n  constructor: { toString: {} }\n`,
  },
  {
    name: 'a line of signs in a GraphQL comment',
    type: 'graphql',
    text: `type A { a: Int }\n${'#'.repeat(1000)}\nscalar B\n`,
  },
  {
    name: 'long whitespace in GraphQL',
    type: 'graphql',
    text: `type A { a: Int }${' '.repeat(4_900_000)}scalar B\n`,
  },
  {
    name: 'prototype words',
    type: 'asyncapi',
    text: `asyncapi: 3.0.0\ninfo: { title: A, version: '1' }\noperations: { __proto__: { action: constructor } }\n`,
  },
  { name: 'no text', type: 'openapi', text: '\0\0\0' },
  { name: 'one long line', type: 'graphql', text: 'a'.repeat(1_000_000) },
  { name: 'endless errors', type: 'openapi', text: `a: ${'"" '.repeat(20_000)}` },
];

it.each(definitions)('parses $name without failing', async ({ text, type }) => {
  const outline = await outlineOf(text, type);
  expect(count(outline)).toBeLessThan(20_000);
  // Pages receive a structured clone.
  const { operations, types } = outline;
  expect(() => structuredClone({ operations, types })).not.toThrow();
});

it('limits mutually nested wide schemas', async () => {
  const names = Array.from({ length: 40 }, (_, i) => `S${i}`);
  const properties = names.map(name => `        ${name}: { $ref: '#/components/schemas/${name}' }`);
  const schemas = names.map(
    name => `    ${name}:\n      type: object\n      properties:\n${properties.join('\n')}`,
  );
  const outline = await outlineOf(`${openapi}components:\n  schemas:\n${schemas.join('\n')}\n`);
  expect(count(outline)).toBeLessThan(10_000);
  expect(outline.types).toHaveLength(40);
});

const many = (count: number, part: (index: number) => string, between = ','): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(between);
const head = '"openapi":"3.1.0","info":{"title":"A","version":"1"}';

const wide: readonly (readonly [name: string, type: string, text: () => string])[] = [
  ['lists', 'openapi', () => `{${head},"x-a":[${many(200_000, () => '0')}]}`],
  ['tags', 'openapi', () => `{${head},"tags":[${many(200_000, () => '{"name":"a"}')}]}`],
  ['unknown keys', 'openapi', () => `{${head},${many(100_000, i => `"k${i}":0`)}}`],
  ['paths', 'openapi', () => `{${head},"paths":{${many(20_000, i => `"/${i}":{"get":{}}`)}}}`],
  [
    'parameters',
    'openapi',
    () =>
      `{${head},"paths":{"/":{"get":{"parameters":[${many(50_000, i => `{"name":"p${i}","in":"query"}`)}]}}}}`,
  ],
  [
    'schemes',
    'openapi',
    () => `{"swagger":"2.0","host":"a","schemes":[${many(300_000, () => '"http"')}]}`,
  ],
  ['fields of GraphQL', 'graphql', () => `type Query {${many(100_000, i => `f${i}: X`, ' ')}}`],
  ['types of GraphQL', 'graphql', () => many(20_000, i => `type T${i} { a: Int }`, '\n')],
  ['calls', 'grpc', () => `service S {${many(20_000, () => 'rpc R(A) returns (B);', ' ')}}`],
  ['procedures of one name', 'trpc', () => `router({${many(20_000, () => 'a: p.query(1)')}})`],
  ['routers', 'trpc', () => many(20_000, () => 'router({ a: b })', ';')],
  [
    'items of YAML',
    'openapi',
    () => `${openapi}x-a:\n${'- 0\n'.repeat(isLongRun ? 600_000 : 150_000)}`,
  ],
];

it.each(wide)(
  'limits any number of %s',
  async (_, type, text) => {
    const outline = await outlineOf(text(), type);
    expect(count(outline)).toBeLessThan(60_000);
    expect(outline.problems.length).toBeLessThanOrEqual(200);
    expect(JSON.stringify(outline).length).toBeLessThan(5_000_000);
  },
  60_000,
);

it('counts omitted operations', async () => {
  const { operations } = await outlineOf(
    `service S {${many(9_000, i => `rpc R${i}(A) returns (B);`, ' ')}}`,
    'grpc',
  );
  expect(operations[0]?.children?.at(-1)?.label).toBe('1000 more in the definition');
  expect(operations[0]?.children?.[7_999]?.label).toBe('R7999');
});

it('rejects a definition that is too large', async () => {
  const outline = await outlineOf(`${openapi}# ${'x'.repeat(5_000_000)}`);
  expect(outline.problems).toMatchObject([{ code: 'definition-too-large' }]);
});

it('yields the thread while reading a large definition', async () => {
  const paths = Array.from(
    { length: 1500 },
    (_, i) =>
      `  /p${i}:\n    get:\n      summary: Number ${i}\n      responses:\n        '200': { description: Fine }\n`,
  );
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const outline = await outlineOf(`${openapi}paths:\n${paths.join('')}`);
  clearInterval(timer);
  expect([...leavesOf(outline.operations)]).toHaveLength(1500);
  expect(turns).toBeGreaterThan(5);
});

it('yields the thread while reading text without headings', () => {
  const context = { translate: english, target: () => undefined, budget: new ItemBudget(1) };
  const steps = [...outlineText('Nothing of note\n'.repeat(100_000), context)];
  expect(steps.length).toBeGreaterThan(90);
});

it('yields the thread while limiting items', () => {
  const items = Array.from({ length: 9_000 }, (_, index) => ({ id: `${index}`, label: 'a' }));
  const groups = [{ id: 'all', label: 'All', children: items }];
  const steps = [...limitedItems(groups, english)];
  expect(steps.length).toBeGreaterThan(7_000);
});

function count(value: object): number {
  const seen = new Set<unknown>();
  const pending: unknown[] = [value];
  let items = 0;
  while (pending.length) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if ('label' in next) items++;
    pending.push(...(Object.values(next) as unknown[]));
  }
  return items;
}
