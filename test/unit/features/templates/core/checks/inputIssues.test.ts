import { expect, it } from 'vitest';
import { inputIssues } from '../../../../../../src/features/templates/core/checks/inputIssues';
import type { JsonObject } from '../../../../../../src/model';

const messages = (value: unknown, schema: JsonObject): readonly string[] =>
  inputIssues(value, schema, []).map(({ message }) => message);

it.each<[JsonObject, unknown, unknown]>([
  [{ type: 'integer' }, 1.5, 1],
  [{ type: 'null' }, 0, null],
  [{ type: 'boolean' }, 'yes', true],
  [{ type: 'object' }, [], {}],
])('checks %j', (schema, wrong, right) => {
  expect(messages(wrong, schema)).toEqual([
    `instance is not of a type(s) ${String(schema['type'])}`,
  ]);
  expect(messages(right, schema)).toEqual([]);
});

it('accepts every value of an unknown type', () => {
  expect(messages(7, { type: 'quantity' })).toEqual([]);
});

it.each<[string, JsonObject, unknown, string]>([
  ['a constant', { const: 'a' }, 'b', 'instance does not exactly match expected constant: "a"'],
  [
    'a property that is never valid',
    { not: {} },
    7,
    'instance is of prohibited type [object Object]',
  ],
  [
    'one of allOf',
    { allOf: [{ type: 'object' }, { required: ['a'] }] },
    {},
    'instance requires property "a"',
  ],
  [
    'properties of which one is enough',
    { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    {},
    'instance requires property "a" or "b"',
  ],
  [
    'values of which one is enough',
    { oneOf: [{ type: 'string' }, { type: 'boolean' }, { const: 8 }] },
    7,
    'instance is not of a type(s) string or is not of a type(s) boolean or does not exactly match expected constant: 8',
  ],
  [
    'the branch that fits best',
    { anyOf: [{ required: ['a', 'b'] }, { required: ['c'] }] },
    {},
    'instance requires property "c"',
  ],
  [
    'a value inside of the first branch',
    {
      anyOf: [
        { properties: { a: { type: 'string' } } },
        { properties: { a: { type: 'boolean' } } },
      ],
    },
    { a: 7 },
    'instance.a is not of a type(s) string',
  ],
])('reports %s', (_, schema, value, message) => {
  expect(messages(value, schema)).toEqual([message]);
});
