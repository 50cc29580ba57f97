import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packJson } from '../../../../scripts/lib/packJson.mjs';
import { unpackJson } from '../../../../src/base';

it('restores every JSON value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), value => {
      const json = JSON.stringify(value);
      expect(JSON.stringify(unpackJson(packJson(JSON.parse(json))))).toBe(json);
    }),
  );
});

it('writes equal parts once and restores a copy of each', () => {
  const part = { type: 'string', description: 'A name' };
  const packed = packJson({ properties: { a: part, b: part, c: [part] } });
  expect(packed.match(/A name/g)).toHaveLength(1);
  const { properties } = unpackJson(packed) as { properties: { a: object; b: object } };
  expect(properties.b).toEqual(part);
  expect(properties.b).not.toBe(properties.a);
});
