import fc from 'fast-check';
import { validate } from 'jsonschema';
import { describe, expect, test } from 'vitest';
import { resolveForm } from '../../../../../../src/features/scaffolder/core/forms/resolveForm';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import type { JsonObject, JsonValue } from '../../../../../../src/model';
import { longRun } from '../../../../../support/longRun';

const resolve = (schema: JsonObject, values: JsonObject) =>
  resolveForm({
    parameters: schema,
    state: { values, cleared: [], variants: {} },
    hosts: defaultRepoHosts,
  });

const errorsOf = (schema: JsonObject, values: JsonObject): readonly string[] =>
  resolve(schema, values).pages.flatMap(page =>
    page.errors.map(({ path, message }) => `${path.join('.')}: ${message}`),
  );

const text = { type: 'string' };

describe('errors', () => {
  const cases: readonly (readonly [string, JsonObject, JsonObject, readonly string[]])[] = [
    ['none', { required: ['a'], properties: { a: text } }, { a: 'x' }, []],
    [
      'at missing properties',
      { required: ['a', 'b'], properties: { a: text, b: text } },
      { a: 'x' },
      ['b: requires property "b"'],
    ],
    [
      "in the validator's words",
      {
        properties: {
          name: { type: 'string', pattern: '^[a-z]+$', minLength: 3 },
          port: { type: 'integer', maximum: 9 },
        },
      },
      { name: 'A', port: 10 },
      [
        'name: does not match pattern "^[a-z]+$"',
        'name: does not meet minimum length of 3',
        'port: must be less than or equal to 9',
      ],
    ],
    [
      "in the words of the schema's author",
      {
        required: ['a', 'b', 'c'],
        errorMessage: { required: { a: 'Say a' }, properties: { c: 'No such c' } },
        properties: {
          a: text,
          b: { ...text, pattern: '^b', errorMessage: { pattern: 'Begin with b', _: 'Wrong' } },
          c: { ...text, maxLength: 1 },
          d: { ...text, maxLength: 1, errorMessage: 'Too long' },
        },
      },
      { b: 'x', c: 'xx', d: 'xx' },
      ['a: Say a', 'b: Begin with b', 'c: No such c', 'd: Too long'],
    ],
    [
      'within lists and objects',
      {
        properties: {
          links: {
            type: 'array',
            maxItems: 1,
            items: {
              type: 'object',
              required: ['url'],
              properties: { url: { ...text, format: 'uri' } },
            },
          },
        },
      },
      { links: [{}, { url: 'no url' }] },
      [
        'links: does not meet maximum length of 1',
        'links.0.url: requires property "url"',
        'links.1.url: does not conform to the "uri" format',
      ],
    ],
    [
      'at dependent fields, not at the whole form',
      {
        properties: { kind: { type: 'string', enum: ['a', 'b'] } },
        dependencies: {
          kind: {
            oneOf: [
              { properties: { kind: { enum: ['a'] } } },
              { properties: { kind: { enum: ['b'] }, why: text }, required: ['why'] },
            ],
          },
        },
      },
      { kind: 'b' },
      ['why: requires property "why"'],
    ],
    [
      'at fields of the variant that is shown',
      {
        properties: {
          store: {
            type: 'object',
            oneOf: [
              { properties: { path: text }, required: ['path'], additionalProperties: false },
              { properties: { bucket: { ...text, minLength: 3 } }, required: ['bucket'] },
            ],
          },
        },
      },
      { store: { bucket: 'b' } },
      ['store.bucket: does not meet minimum length of 3'],
    ],
    [
      'without a field',
      { additionalProperties: false, properties: { a: text } },
      { a: 'x', other: 1 },
      [': is not allowed to have the additional property "other"'],
    ],
    [
      'of a value as a whole',
      { properties: { a: text, b: text }, not: { required: ['a', 'b'] } },
      { a: 'x', b: 'y' },
      [': is of prohibited type [object Object]'],
    ],
    [
      'of an invalid schema',
      { properties: { a: { ...text, pattern: '(' }, b: { $ref: '#/gone' } } },
      { a: 'x', b: 'y' },
      ['a: Invalid regular expression: /(/: Unterminated group'],
    ],
  ];
  test.each(cases)('%s', (_, schema, values, errors) => {
    expect(errorsOf(schema, values)).toEqual(errors);
  });
});

describe('errors of pickers', () => {
  const NAME =
    'Must start and end with an alphanumeric character, and contain only alphanumeric characters, hyphens, underscores, and periods. Maximum length is 63 characters.';
  const cases: readonly (readonly [string, JsonObject, JsonValue, readonly string[]])[] = [
    ['EntityNamePicker', {}, 'shop', []],
    ['EntityNamePicker', {}, 'my shop', [NAME]],
    ['EntityNamePicker', {}, '', [NAME]],
    [
      'MultiEntityPicker',
      { type: 'array' },
      ['component:default/a', 'shop'],
      ['shop is not a valid entity ref'],
    ],
    ['RepoUrlPicker', {}, 'github.com?owner=acme&repo=shop', []],
    [
      'RepoUrlPicker',
      {},
      'github.com?',
      [
        'Incomplete repository location provided, owner not provided',
        'Incomplete repository location provided, repo not provided',
      ],
    ],
    [
      'RepoUrlPicker',
      {},
      'bitbucket.org?repo=shop',
      [
        'Incomplete repository location provided, workspace not provided',
        'Incomplete repository location provided, project not provided',
      ],
    ],
    ['RepoUrlPicker', {}, 'dev.azure.com?project=p&repo=shop', []],
  ];
  test.each(cases)('%s %j %j', (kind, schema, value, errors) => {
    const page = { properties: { x: { ...text, ...schema, 'ui:field': kind } } };
    expect(errorsOf(page, { x: value })).toEqual(errors.map(error => `x: ${error}`));
  });
});

const schemas = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> =>
  arbitrary.map(value => JSON.parse(JSON.stringify(value)) as JsonObject);

const leaf = schemas(
  fc.oneof(
    fc.record({ type: fc.constant('string'), minLength: fc.nat(3) }, { requiredKeys: ['type'] }),
    fc.record({ type: fc.constant('integer'), maximum: fc.nat(5) }, { requiredKeys: ['type'] }),
    fc.record({ type: fc.constant('string'), enum: fc.constant(['a', 'b', 'c']) }),
    fc.constant({ type: 'boolean' }),
    fc.constant({ type: 'string', default: 'b' }),
  ),
);
const names = ['p', 'q', 'r'];
const { schema: anySchema } = fc.letrec<{ schema: JsonObject; object: JsonObject }>(tie => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('object'),
    schemas(fc.record({ type: fc.constant('array'), items: tie('schema') })),
  ),
  object: schemas(
    fc
      .record({
        properties: fc.dictionary(fc.constantFrom(...names), tie('schema')),
        required: fc.subarray(names),
        more: fc.oneof(
          fc.constant({}),
          fc.record({ allOf: fc.tuple(fc.record({ properties: fc.record({ s: leaf }) })) }),
          fc.record({
            dependencies: fc.record({
              p: fc.record({ properties: fc.record({ t: leaf }), required: fc.subarray(['t']) }),
            }),
          }),
          fc.record({
            oneOf: fc.tuple(
              fc.record({ properties: fc.record({ u: leaf }), required: fc.constant(['u']) }),
              fc.record({ properties: fc.record({ v: leaf }), required: fc.constant(['v']) }),
            ),
          }),
          fc.record({
            if: fc.constant({ properties: { q: { const: 'a' } } }),
            then: fc.record({ required: fc.subarray(['r']) }),
            else: fc.record({ properties: fc.record({ w: leaf }) }),
          }),
        ),
      })
      .map(({ properties, required, more }) => ({ type: 'object', properties, required, ...more })),
  ),
}));
const anyValues = fc.dictionary(
  fc.constantFrom(...names, 's', 't', 'u', 'v'),
  fc.oneof(
    fc.constantFrom<JsonValue>('a', 'b', 'longer', '', 3, 9, true, null),
    fc.array(fc.constantFrom<JsonValue>('a', 1), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...names, 'u'), fc.constantFrom<JsonValue>('a', 2, false)),
  ),
);

test("accepts exactly the values that Backstage's validator accepts", () => {
  fc.assert(
    fc.property(anySchema, anyValues, (schema, values) => {
      const page = {
        type: 'object',
        properties: { x: schema, ...(schema['properties'] as JsonObject) },
      };
      const { pages, state } = resolve(page, values);
      const isValid = validate(structuredClone(state.values), page).valid;
      expect(pages.flatMap(({ errors }) => errors).length === 0).toBe(isValid);
    }),
    longRun({ runs: 60, seed: 20261125 }),
  );
});

test('is stable for resolved values', () => {
  fc.assert(
    fc.property(anySchema, anyValues, (schema, values) => {
      const page = { ...schema, type: 'object' };
      const once = resolve(page, values);
      expect(resolve(page, once.state.values)).toEqual(once);
    }),
    longRun({ runs: 60, seed: 20261125 }),
  );
});
