import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { english } from '../../../../../src/base';
import { readDocument } from '../../../../../src/features/apis/core/document/readJson';
import { QuickValidator } from '../../../../../src/features/apis/core/validation/quickValidator';
import { schemaFor } from '../../../../../src/features/apis/core/validation/specificationSchema';
import { validateNode } from '../../../../../src/features/apis/core/validation/validateNode';
import { longRun } from '../../../../support/longRun';
import { finished } from './support';

const options = { strict: false, validateFormats: false, validateSchema: false } as const;
const info = `info: { title: A, version: '1' }\n`;

const versions = [
  {
    name: 'Swagger 2.0',
    ajv: new Ajv(options),
    text: `swagger: '2.0'\n${info}paths:\n  /a:\n    get:\n      parameters:\n        - { name: b, in: query, type: integer }\n      responses: { '200': { description: C, schema: { type: object, properties: { d: { type: string } } } } }\n`,
  },
  {
    name: 'OpenAPI 3.0',
    ajv: new Ajv(options),
    text: `openapi: 3.0.3\n${info}paths:\n  /a:\n    get:\n      parameters:\n        - { name: b, in: query, schema: { type: integer, enum: [1, 2] } }\n      responses: { '200': { $ref: '#/components/responses/C' } }\ncomponents:\n  responses:\n    C: { description: C, content: { a/b: { schema: { type: array, items: { type: string } } } } }\n`,
  },
  {
    name: 'OpenAPI 3.1',
    ajv: new Ajv2020(options),
    text: `openapi: 3.1.0\n${info}servers: [{ url: 'https://a' }]\npaths:\n  /a:\n    post:\n      parameters:\n        - { name: b, in: query, schema: { type: integer } }\n      requestBody: { content: { a/b: { schema: true, examples: { a: { value: 1 } } } } }\n      responses: { default: { description: C } }\ncomponents: { securitySchemes: { k: { type: apiKey, name: k, in: header } } }\n`,
  },
  {
    name: 'AsyncAPI 2',
    ajv: new Ajv(options),
    text: `asyncapi: 2.6.0\n${info}channels:\n  a:\n    publish:\n      message: { name: b, payload: { type: object, properties: { c: { type: string } } } }\nservers: { s: { url: a, protocol: kafka } }\n`,
  },
  {
    name: 'AsyncAPI 3',
    ajv: new Ajv(options),
    text: `asyncapi: 3.0.0\n${info}channels:\n  a: { address: a, messages: { m: { payload: { type: object } } } }\noperations:\n  o: { action: send, channel: { $ref: '#/channels/a' } }\nservers: { s: { host: a, protocol: kafka } }\n`,
  },
];

it.each(versions)('rejects the same values of $name as ajv', async ({ ajv, text }) => {
  const value = parse(text) as unknown;
  const { root } = await finished(readDocument(text));
  const schema = root && (await schemaFor(root));
  if (!schema) throw new Error('There is no schema');
  const isValid = ajv.compile(schema);
  const quick = new QuickValidator(schema);
  const judge = async (changed: unknown): Promise<boolean> => {
    const { root: node } = await finished(readDocument(JSON.stringify(changed)));
    if (!node) throw new Error('JSON is always read');
    return (await finished(validateNode(node, schema, english))).length === 0;
  };
  expect(await judge(value)).toBe(true);
  expect(isValid(value)).toBe(true);
  expect(quick.isValid(value)).toBe(true);
  const paths = pathsOf(value);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.constantFrom<unknown>(undefined, 1, 'x', true, [], {}, { $ref: '#/a' }, [{ x: 1 }]),
      fc.constantFrom('', 'name', 'x-own', 'other', '$ref', 'type'),
      async (path, replacement, addition) => {
        const changed = changedAt(structuredClone(value), path, replacement, addition);
        expect(await judge(changed), JSON.stringify(changed)).toBe(isValid(changed));
        expect(quick.isValid(changed), JSON.stringify(changed)).toBe(isValid(changed));
      },
    ),
    longRun({ runs: 80, seed: 20261125 }),
  );
});

function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    [key],
    ...pathsOf(part).map(path => [key, ...path]),
  ]);
}

/** Replaces the value at a path, or adds a property beside it. */
function changedAt(value: unknown, path: readonly string[], put: unknown, add: string): unknown {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], value);
  const key = path.at(-1) ?? '';
  const record = parent as Record<string, unknown>;
  if (add && !Array.isArray(parent)) record[add] = put ?? 'y';
  else if (put === undefined && !Array.isArray(parent)) delete record[key];
  else record[key] = put ?? 'y';
  return value;
}
