import { describe, expect, it } from 'vitest';
import { withoutHiddenValues } from '../../../../../../src/features/scaffolder/core/parameters/checkParameters';
import type { JsonObject, JsonValue } from '../../../../../../src/model';

const left = (values: JsonObject, hidden: JsonValue, visible: JsonValue = {}): JsonObject =>
  withoutHiddenValues(values, [
    { schema: visible, isVisible: true },
    { schema: hidden, isVisible: false },
  ]);

const fields = (...names: readonly string[]): JsonObject => ({
  properties: Object.fromEntries(names.map(name => [name, {}])),
});

describe('hidden pages', () => {
  it('keep all values if none is hidden', () => {
    expect(withoutHiddenValues({ a: 1 }, [{ schema: fields('b'), isVisible: true }])).toEqual({
      a: 1,
    });
  });

  it('drop values of their own fields', () => {
    expect(left({ a: 1, b: 2, c: 3 }, fields('a', 'b'), fields('b'))).toEqual({ b: 2, c: 3 });
  });

  it('drop parts of values that shown pages share', () => {
    const deep = (name: string): JsonObject => ({ properties: { a: fields(name) } });
    expect(left({ a: { x: 1, y: 2, z: 3 } }, deep('x'), deep('y'))).toEqual({ a: { y: 2, z: 3 } });
  });

  it('keep all items of lists', () => {
    const list = (name: string): JsonObject => ({ properties: { a: { items: fields(name) } } });
    expect(left({ a: [{ x: 1, y: 2 }, 'b'] }, list('x'), list('y'))).toEqual({
      a: [{ y: 2 }, 'b'],
    });
  });

  it.each([
    ['oneOf', { oneOf: [fields('a'), fields('b')] }],
    ['allOf', { allOf: [fields('a', 'b')] }],
    ['then and else', { if: {}, then: fields('a'), else: fields('b') }],
    ['dependencies', { dependencies: { c: fields('a', 'b') } }],
    ['a reference', { $ref: '#/definitions/x%20y', definitions: { 'x y': fields('a', 'b') } }],
  ])('drop fields of %s', (_, hidden) => {
    expect(left({ a: 1, b: 2, c: 3 }, hidden)).toEqual({ c: 3 });
  });

  it("keep values if a schema can't be resolved", () => {
    const circle = {
      $ref: '#/definitions/a',
      definitions: { a: { allOf: [{ $ref: '#/definitions/a' }] } },
    };
    for (const schema of [
      { $ref: '#/nowhere' },
      { $ref: 'https://example.com' },
      { $ref: '#%' },
      circle,
    ]) {
      expect(left({ a: 1 }, { ...schema, ...fields('a') })).toEqual({ a: 1 });
      expect(left({ a: 1 }, fields('a'), schema)).toEqual({ a: 1 });
    }
  });

  it('keep values of a shown page with additional properties', () => {
    expect(left({ a: 1 }, fields('a'), { additionalProperties: true })).toEqual({ a: 1 });
    expect(left({ a: 1 }, { ...fields('a'), additionalProperties: true })).toEqual({});
  });

  it('drop only their own fields, whatever the name', () => {
    const values = JSON.parse('{"toString":1,"constructor":2,"b":3}') as JsonObject;
    expect(left(values, fields('toString'), fields('b'))).toEqual({ constructor: 2, b: 3 });
    expect(left({ b: 1 }, fields('hasOwnProperty'))).toEqual({ b: 1 });
  });
});
