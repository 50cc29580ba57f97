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

describe('of values, pages that are hidden take away', () => {
  it('nothing where none is hidden', () => {
    expect(withoutHiddenValues({ a: 1 }, [{ schema: fields('b'), isVisible: true }])).toEqual({
      a: 1,
    });
  });

  it('what they alone ask for', () => {
    expect(left({ a: 1, b: 2, c: 3 }, fields('a', 'b'), fields('b'))).toEqual({ b: 2, c: 3 });
  });

  it('parts of what both ask for', () => {
    const deep = (name: string): JsonObject => ({ properties: { a: fields(name) } });
    expect(left({ a: { x: 1, y: 2, z: 3 } }, deep('x'), deep('y'))).toEqual({ a: { y: 2, z: 3 } });
  });

  it('no item of a list', () => {
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
  ])('what they ask for by %s', (_, hidden) => {
    expect(left({ a: 1, b: 2, c: 3 }, hidden)).toEqual({ c: 3 });
  });

  it('nothing where they cannot be followed, nor where a shown page cannot', () => {
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

  it('nothing that a shown page takes whatever it is called', () => {
    expect(left({ a: 1 }, fields('a'), { additionalProperties: true })).toEqual({ a: 1 });
    expect(left({ a: 1 }, { ...fields('a'), additionalProperties: true })).toEqual({});
  });

  it('names that objects have as well', () => {
    const values = JSON.parse('{"toString":1,"constructor":2,"b":3}') as JsonObject;
    expect(left(values, fields('toString'), fields('b'))).toEqual({ constructor: 2, b: 3 });
    expect(left({ b: 1 }, fields('hasOwnProperty'))).toEqual({ b: 1 });
  });
});
