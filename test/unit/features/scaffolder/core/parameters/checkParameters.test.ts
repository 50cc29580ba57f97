import { describe, expect, it } from 'vitest';
import {
  checkParameters,
  checkSecrets,
} from '../../../../../../src/features/scaffolder/core/parameters/checkParameters';
import type { JsonObject, JsonValue } from '../../../../../../src/model';

const stacks = (parameters: JsonValue, values: JsonObject): readonly string[] =>
  checkParameters({ parameters, values }).errors.map(({ stack }) => stack);

describe('parameters', () => {
  it('are valid without a schema', () => {
    for (const parameters of [undefined, null, [], {}, [{}]]) {
      expect(checkParameters({ parameters, values: { a: 1 } })).toMatchObject({
        errors: [],
        values: { a: 1 },
      });
    }
  });

  it.each([
    [{ required: ['a'] }, {}, 'instance requires property "a"'],
    [
      { properties: { a: { pattern: '^x' } } },
      { a: 'y' },
      'instance.a does not match pattern "^x"',
    ],
    [
      { properties: { a: { items: { type: 'number' } } } },
      { a: [1, 'b'] },
      'instance.a[1] is not of a type(s) number',
    ],
    [
      { additionalProperties: false },
      { a: 1 },
      'instance is not allowed to have the additional property "a"',
    ],
    [
      { if: { required: ['a'] }, then: { required: ['b'] } },
      { a: 1 },
      'instance does not match allOf schema [subschema 0] with 1 error[s]:',
    ],
    [
      { $ref: '#/definitions/x', definitions: { x: { required: ['b'] } } },
      {},
      'instance requires property "b"',
    ],
  ] as const)('are invalid for %j', (schema, values, stack) => {
    const found = stacks(JSON.parse(JSON.stringify(schema)) as JsonObject, values as JsonObject);
    if (!('if' in schema)) expect(found).toEqual([stack]);
    else expect(found.length).toBeGreaterThan(0);
  });

  it('have errors of the first invalid page only', () => {
    const pages = [{ required: ['a'] }, { required: ['b'] }];
    expect(stacks(pages, {})).toEqual(['instance requires property "a"']);
    expect(stacks(pages, { a: 1 })).toEqual(['instance requires property "b"']);
  });

  it('are rejected by invalid schemas', () => {
    const schemas: readonly JsonObject[] = [
      { properties: { a: { pattern: '(' } } },
      { properties: { a: { $ref: '#/nowhere' } } },
      { properties: { a: { $ref: 'https://example.com/a.json' } } },
    ];
    for (const schema of schemas) expect(stacks(schema, { a: 'x' })).toHaveLength(1);
  });

  it("can't have reserved names in expressions", () => {
    const values = JSON.parse('{"a":{"__proto__":{"b":1}}}') as JsonObject;
    expect(checkParameters({ parameters: [], values }).unusable).toBe(
      'Template record key __proto__ is reserved',
    );
  });
});

describe('page with a condition', () => {
  const visible = (when: JsonValue, values: JsonObject = {}): boolean | undefined =>
    checkParameters({ parameters: [{ when }], values }).visible[0];

  it.each([
    [true, true],
    [false, false],
    ['parameters.a', true],
    ['${{ parameters.a }}', true],
    ['parameters.b', false],
    ['not parameters.a', false],
    ['parameters.list', false],
    ['parameters.a == "x"', true],
    ['', true],
    ['  ', true],
    ['parameters.a | nothing', true],
    ['(', true],
    [0, true],
    [null, true],
    [[], true],
  ])('%j', (when, expected) => {
    expect(visible(when, { a: 'x', list: [] })).toBe(expected);
  });

  it('is not validated while hidden, and its values are dropped', () => {
    const parameters: JsonObject[] = [
      { properties: { a: {} } },
      { when: 'parameters.a', required: ['b'], properties: { b: { type: 'number' } } },
    ];
    expect(checkParameters({ parameters, values: { b: 'x', c: 1 } })).toMatchObject({
      errors: [],
      visible: [true, false],
      values: { c: 1 },
    });
    expect(stacks(parameters, { a: true, b: 'x' })).toEqual([
      'instance.b is not of a type(s) number',
    ]);
  });

  it("can't use values of hidden pages", () => {
    const parameters: JsonObject[] = [
      { when: false, properties: { a: {} } },
      { when: 'parameters.a', properties: { b: {} } },
    ];
    expect(checkParameters({ parameters, values: { a: 1, b: 2 } })).toMatchObject({
      visible: [false, false],
      values: {},
    });
  });
});

describe('secrets', () => {
  it('are reported by name', () => {
    const schema = {
      required: ['token'],
      properties: { user: { minLength: 3 }, host: { enum: ['a'] } },
    };
    expect(checkSecrets({ user: 'x', host: 'b' }, schema).map(({ message }) => message)).toEqual([
      'secrets.token is required',
      'secrets.user does not meet minimum length of 3',
      'secrets.host is not one of enum values: a',
    ]);
  });

  it('are valid without a schema', () => {
    for (const schema of [undefined, null, true, 'x']) expect(checkSecrets({}, schema)).toEqual([]);
  });
});
