import { expect, it } from 'vitest';
import { parsedJson } from '../../../../src/base';

it.each([
  ['{"a":"ü"}', { a: 'ü' }],
  [new TextEncoder().encode('{"a":"ü"}'), { a: 'ü' }],
  ['null', null],
  ['', undefined],
  ['{"a"', undefined],
  [new Uint8Array([0xff]), undefined],
])('parses %j or returns undefined', (json, value) => {
  expect(parsedJson(json)).toEqual(value);
});
